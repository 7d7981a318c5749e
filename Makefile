# dxready: `make help` lists the targets. No recursion but for the two commands that may have to
# install packages before anything can be built (`make demo`, `make test`).
#
#   CC=clang    builds with clang          SAN=1    builds with ASan and UBSan
#   V=1         shows whole commands       TSAN=1   builds with TSan; `make test` runs what has threads
#   JOBS=n      how many at a time in `make demo` and `make test`
# Each combination has a build folder of its own, so that none disturbs another.

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
VERSION := $(shell sed -n 's/.*DXREADY_VERSION "\(.*\)"/\1/p' include/base/version.h)
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)
quiet := $(if $(V),,@)
comma := ,
say := @printf '  %-6s %s\n'
DATADIR := $(PREFIX)/share/dxready
UNITDIR := $(PREFIX)/lib/systemd/system
MANDIR := $(PREFIX)/share/man

OUT := build
ifneq ($(filter clang%,$(notdir $(CC))),)
OUT := build/clang
endif
ifdef SAN
OUT := $(OUT)/san
endif
ifdef TSAN
OUT := $(OUT)/tsan
endif
ifdef FUZZER
OUT := build/fuzzer
endif
ifdef SHARED
OUT := build/shared
endif

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wformat=2 -Wvla -Wstrict-prototypes \
            -Wmissing-prototypes -Wundef -Werror
HARDENING := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -fPIE
# Lines are enough for a trace; what debuggers want more is an eighth of the time of a build.
CFLAGS_ALL := -std=c17 -D_GNU_SOURCE -g$(if $(SAN)$(TSAN)$(FUZZER),,1) $(WARNINGS) -Iinclude -I$(OUT)/gen -MMD -MP \
              -ffile-prefix-map=$(CURDIR)=. -DDXREADY_DATADIR='"$(DATADIR)"'
LDFLAGS_ALL := -pie -Wl,-z,relro,-z,now
ifdef FUZZER
CFLAGS_ALL += -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=all
LDFLAGS_ALL += -fsanitize=fuzzer,address,undefined
else ifdef SAN
CFLAGS_ALL += -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS_ALL += -fsanitize=address,undefined
else ifdef TSAN
CFLAGS_ALL += -O1 -fno-omit-frame-pointer -fsanitize=thread
LDFLAGS_ALL += -fsanitize=thread
else
CFLAGS_ALL += -O2 -D_FORTIFY_SOURCE=2 $(HARDENING)
endif
ifdef SHARED
CFLAGS_ALL += -fPIC -g0
endif
LIBS := -lsqlite3 -lcjson -lcsv -lminizip -lexpat -lhpdf -lsodium -loath -lutf8proc -lqrencode -lz -lm -lpthread
# Loaded by the commands that need them (base/late.h), not at every start.
LATE := archive microhttpd xlsxwriter

LAYERS := base http draw rule survey score policy store insight report app web cli
# A layer may have wings: folders of its own.
SOURCES := $(foreach layer,$(LAYERS),$(wildcard src/$(layer)/*.c src/$(layer)/*/*.c))
OBJECTS := $(patsubst src/%.c,$(OUT)/obj/%.o,$(filter-out src/cli/main.c,$(SOURCES)))
# The name of a template is its own in all wings: view_NAME().
TEMPLATES := $(wildcard src/web/*/templates/*.html)
VIEWS := $(patsubst %.html,$(OUT)/gen/view_%.c,$(notdir $(TEMPLATES)))
TEXTS := $(wildcard src/web/*/texts/*.json)
ASSETS := $(wildcard src/web/kit/assets/*)
vpath %.html $(sort $(dir $(TEMPLATES)))
ROUTES := $(wildcard include/web/*/routes.h)
WEB_HEADERS := $(OUT)/gen/web_paths.h $(OUT)/gen/web_views.h $(OUT)/gen/web_texts.h $(OUT)/gen/web_assets.h
# What is packed into the program: each line makes $(OUT)/gen/NAME.c from files.
GENERATED := $(OUT)/gen/font_files.c $(OUT)/gen/font_metrics.c \
             $(OUT)/gen/migrations.c $(OUT)/gen/starters.c $(OUT)/gen/passwords.c \
             $(OUT)/gen/web_assets.c $(OUT)/gen/web_samples.c $(OUT)/gen/web_api.c \
             $(OUT)/gen/web_texts.c $(VIEWS)
LIB := $(OUT)/libdxready.$(if $(SHARED),so,a)
# SHARED=1: what tests load, so that a changed file links one library and no test (tests/mutants).
ARCHIVE := $(if $(SHARED),$(CC) $(LDFLAGS) -shared -Wl$(comma)-soname$(comma)libdxready.so -o,$(AR) rcs)
ifdef SHARED
LDFLAGS_ALL += -Wl,-rpath,'$$ORIGIN:$$ORIGIN/..'
endif
UNIT := $(patsubst tests/unit/%.c,$(OUT)/tests/%,$(wildcard tests/unit/test_*.c))
BENCH := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/bench_*.c))
PROBES := $(patsubst tests/web/%.c,$(OUT)/web/%,$(wildcard tests/web/*.c))
# What the tests in a browser and the linter of the API need beside node; installed anew when a list changes.
BROWSER := tests/web/browser/node_modules/.installed
API_LINTER := tests/web/openapi/node_modules/.installed
FUZZ := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

# What is read beside the program: pages of the manual, completion.
MANUAL := $(OUT)/man/dxready.1 $(OUT)/man/vi/dxready.1 $(OUT)/completions/dxready

# What has threads, for TSAN=1: it sees nothing in the rest, and makes it ten times slower.
THREADED := $(patsubst %,tests/web/%.t,server smuggle serve journey after full-disk upkeep quick) tests/cli/report.t

# Libraries that let calls of the program fail (tests/torture).
SHIMS := $(OUT)/torture/disk.so $(OUT)/torture/memory.so
.PHONY: all demo site test check torture mutants bench fuzz fuzzers golden lint format install clean help packages \
        screenshots pictures FORCE
.DELETE_ON_ERROR:

all: $(OUT)/dxready $(MANUAL) ## build the program: build/dxready

$(OUT)/dxready: $(OUT)/obj/cli/main.o $(LIB)
	$(say) LD $@
	$(quiet)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(OBJECTS) $(patsubst %.c,%.o,$(GENERATED))
	@rm -f $@
	$(ARCHIVE) $@ $(filter %.o,$^)

$(OUT)/obj/%.o: src/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) -c -o $@ $<

$(OUT)/obj/base/pack.o $(OUT)/obj/base/xlsx.o $(OUT)/obj/http/mhd.o: $(OUT)/gen/late_names.h
$(OUT)/gen/late_names.h: Makefile
	@mkdir -p $(@D)
	$(say) GEN $@
	$(quiet)for name in $(LATE); do \
	  file=$$($(CC) -print-file-name=lib$$name.so) && soname=$$(objdump -p "$$file" | sed -n 's/^ *SONAME *//p') && \
	  echo "#define LATE_$$(echo $$name | tr a-z A-Z) \"$$soname\""; done > $@

# The faces of the reports: Roboto, cut down to the characters that a report can print.
ROBOTO ?= /usr/share/fonts/truetype/roboto/unhinted/RobotoTTF
FACES := $(foreach face,Regular Bold Italic,build/fonts/Roboto-$(face).ttf)

build/fonts/%.ttf: $(ROBOTO)/%.ttf src/draw/characters.txt
	@mkdir -p $(@D)
	$(say) SUBSET $@
	$(quiet)hb-subset $< --unicodes-file=src/draw/characters.txt --no-hinting --layout-features= \
	  --drop-tables+=GSUB,GPOS,GDEF,gasp,LTSH,hdmx,VDMX --notdef-outline --name-IDs=1,2,3,4,6 -o $@

$(OUT)/gen/font_files.c: build/tools/embed $(FACES)
	@mkdir -p $(@D)
	$(quiet)build/tools/embed font_files $(FACES) > $@

$(OUT)/gen/font_metrics.c: build/tools/metrics src/draw/characters.txt $(FACES)
	@mkdir -p $(@D)
	$(quiet)build/tools/metrics src/draw/characters.txt $(FACES) > $@

$(OUT)/gen/migrations.c: build/tools/embed $(wildcard src/store/sql/*.sql)
	@mkdir -p $(@D)
	$(quiet)build/tools/embed migrations $(filter %.sql,$^) > $@

$(OUT)/gen/starters.c: build/tools/embed $(wildcard src/cli/starters/*.json)
	@mkdir -p $(@D)
	$(quiet)build/tools/embed starters $(filter %.json,$^) > $@

$(OUT)/gen/passwords.c: build/tools/embed src/app/common_passwords.txt
	@mkdir -p $(@D)
	$(quiet)build/tools/embed passwords src/app/common_passwords.txt > $@

$(OUT)/gen/web_assets.c: build/tools/embed $(ASSETS)
	@mkdir -p $(@D)
	$(quiet)build/tools/embed --gzip web_assets $(ASSETS) > $@

$(OUT)/gen/web_samples.c: build/tools/embed $(wildcard src/web/enterprise/samples/*.json)
	@mkdir -p $(@D)
	$(quiet)build/tools/embed web_samples $(filter %.json,$^) > $@

$(OUT)/gen/web_api.c: build/tools/embed src/web/api/openapi.json
	@mkdir -p $(@D)
	$(quiet)build/tools/embed web_api src/web/api/openapi.json > $@

$(OUT)/gen/web_texts.c: build/tools/textc $(TEXTS)
	@mkdir -p $(@D)
	$(quiet)build/tools/textc $(TEXTS) > $@

$(VIEWS): $(OUT)/gen/view_%.c: %.html build/tools/tmplc
	@mkdir -p $(@D)
	$(say) TMPL $<
	$(quiet)build/tools/tmplc $< > $@

# Headers keep their time while they stay the same: another word in a template, a text or an asset
# compiles one file, not all.
renew = > $@.new && { cmp -s $@.new $@ || cp $@.new $@; }

$(OUT)/gen/web_assets.h: build/tools/embed $(ASSETS) $(OUT)/web-files
	@mkdir -p $(@D)
	$(quiet)build/tools/embed --header web_assets $(ASSETS) $(renew)

$(OUT)/gen/web_texts.h: build/tools/textc $(TEXTS) $(OUT)/web-files
	@mkdir -p $(@D)
	$(quiet)build/tools/textc --header $(TEXTS) $(renew)

$(OUT)/gen/web_views.h: build/tools/tmplc $(TEMPLATES) $(OUT)/web-files
	@mkdir -p $(@D)
	$(quiet)build/tools/tmplc --header $(TEMPLATES) $(renew)

$(OUT)/gen/web_paths.h: build/tools/routec $(ROUTES) $(OUT)/web-files
	@mkdir -p $(@D)
	$(quiet)build/tools/routec $(ROUTES) $(renew)

# They have to be there before the first file that includes them is compiled.
$(patsubst src/%.c,$(OUT)/obj/%.o,$(wildcard src/web/*.c src/web/*/*.c)) \
  $(VIEWS:.c=.o) $(OUT)/gen/web_texts.o: | $(WEB_HEADERS)

# A file that was added or taken away makes the tables again.
$(OUT)/gen/web_assets.c $(OUT)/gen/web_texts.c $(LIB): $(OUT)/web-files
$(OUT)/web-files: FORCE
	@mkdir -p $(@D)
	@echo '$(TEMPLATES) $(TEXTS) $(ASSETS) $(ROUTES)' | cmp -s - $@ || \
	  echo '$(TEMPLATES) $(TEXTS) $(ASSETS) $(ROUTES)' > $@

build/tools/tmplc: src/tools/tmplc_markup.c src/tools/tmplc_path.c src/tools/tmplc_tag.c \
  src/tools/tmplc.h
build/tools/textc: TOOL_LIBS := -lcjson
build/tools/embed: TOOL_LIBS := -lz

# Tools that run while building; never under sanitizers, always with the native compiler.
build/tools/%: src/tools/%.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) -std=c17 -D_GNU_SOURCE -O1 $(WARNINGS) -o $@ $(filter %.c,$^) $(TOOL_LIBS)

# Knows the tables of the command line, so that no page is behind the program.
$(OUT)/manual: src/tools/manual.c $(LIB)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

$(OUT)/man/dxready.1: man/dxready.1.in $(OUT)/manual
	@mkdir -p $(@D)
	$(quiet)$(OUT)/manual page en $< > $@

$(OUT)/man/vi/dxready.1: man/vi/dxready.1.in $(OUT)/manual
	@mkdir -p $(@D)
	$(quiet)$(OUT)/manual page vi $< > $@

$(OUT)/completions/dxready: $(OUT)/manual
	@mkdir -p $(@D)
	$(quiet)$(OUT)/manual bash > $@

$(OUT)/gen/%.o: $(OUT)/gen/%.c $(OUT)/flags
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) -c -o $@ $<

# Objects are made again when the compiler or its flags change.
$(OUT)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS_ALL) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_ALL) $(CFLAGS)' > $@

# Loops over columns: vector code.
ifeq ($(SAN)$(TSAN)$(FUZZER),)
$(OUT)/obj/rule/batch_run.o: CFLAGS_ALL += -O3
endif

$(OUT)/tests/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) -Itests/unit $(LDFLAGS_ALL) -o $@ $< $(LIB) -lcmocka $(LIBS)

# The server with handlers that tests talk to.
$(OUT)/web/%: tests/web/%.c $(LIB)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

# libFuzzer brings its own main; without it a target replays its corpus.
REPLAY := $(if $(FUZZER),,tests/fuzz/replay.c)

$(OUT)/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

$(OUT)/fuzz/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(REPLAY) $(LIB)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(CFLAGS_ALL) $(CFLAGS) $(LDFLAGS_ALL) -o $@ $(REPLAY) $< $(LIB) $(LIBS)

packages: ## install the Debian packages that building needs
	@src/tools/install-packages build

demo: ## build, then assess the example enterprises and write their reports
	@src/tools/install-packages build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tests/demo $(OUT)/dxready build/demo

site: ## a site to look at on 127.0.0.1, with the examples and people signed in; SITE="--port 8080"
	@src/tools/install-packages build site
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tests/site $(OUT)/dxready $(SITE)

test: ## install what the tests need, build, and run all tests (SAN=1: under sanitizers)
	@src/tools/install-packages build test
	@$(MAKE) --no-print-directory -j$(JOBS) check

check: all $(UNIT) $(FUZZ) $(PROBES) $(SHIMS) $(BROWSER) $(API_LINTER)
	@OUT=$(OUT) tests/run $(if $(TSAN),$(THREADED) $(UNIT))

torture: all $(SHIMS) ## memory, disk and the process fail everywhere; TORTURE="--kills 500 --faults 40 --seed N"
	@OUT=$(OUT) DXREADY=$(CURDIR)/$(OUT)/dxready tests/torture/torture.py $(TORTURE)

mutants: $(FACES) ## would the tests notice? one token changed, in a copy; MUTANTS="--number 200 --seed N"
	@nice -n 19 tests/mutants/mutants.py $(MUTANTS)

$(OUT)/torture/memory.so: SHIM := -DSHIM_MEMORY
$(SHIMS): tests/torture/shim.c
	@mkdir -p $(@D)
	$(say) CC $@
	$(quiet)$(CC) -std=c17 -O1 $(WARNINGS) $(SHIM) -fPIC -shared -o $@ $<

$(BROWSER) $(API_LINTER): %/node_modules/.installed: %/package-lock.json
	$(say) NPM $(<D)
	$(quiet)cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

pictures: $(OUT)/dxready $(BROWSER) ## the pictures of the README: docs/pictures
	@DXREADY="$(CURDIR)/$(OUT)/dxready" node tests/web/browser/pictures.mjs docs/pictures
	@$(OUT)/dxready report tests/data/demo/responses/may-sen-vang.json -o $(OUT)/picture.pdf --on 2026-11-30 --force
	@pdftoppm -r 66 -f 1 -l 1 -singlefile -png $(OUT)/picture.pdf docs/pictures/report

screenshots: $(OUT)/dxready $(BROWSER) ## every page, in both languages, on three widths: build/screenshots
	@DXREADY="$(CURDIR)/$(OUT)/dxready" node tests/web/browser/screenshots.mjs build/screenshots

fuzz: ## fuzz every parser for FUZZ_SECONDS (60) each; FUZZ_TARGETS="fuzz_json ..." for some
	@tests/fuzz/probe
	@$(MAKE) --no-print-directory -j$(JOBS) CC=clang FUZZER=1 fuzzers
	@tests/fuzz/run

fuzzers: $(FUZZ)

bench: ## speed, with peers in the same run (BENCHES="rules ..." for some)
	@src/tools/install-packages build bench
	@$(MAKE) --no-print-directory -j$(JOBS) $(OUT)/dxready $(BENCH) $(BROWSER)
	@OUT=$(OUT) tests/bench/run $(BENCHES)

golden: $(OUT)/dxready ## hold what people read against tests/golden; asks before it takes a change
	@DXREADY=$(OUT)/dxready tests/cli/golden.t --update

lint: ## layers, lengths, complexity, dead functions, banned functions
	@tests/lint

format: ## lay out the sources with clang-format
	clang-format -i $(wildcard src/*/*.[ch] src/*/*/*.[ch] include/*/*.h include/*/*/*.h tests/unit/*.[ch] tests/fuzz/*.[ch])

install: all ## install to PREFIX (default /usr/local)
	install -D -m 755 $(OUT)/dxready $(DESTDIR)$(PREFIX)/bin/dxready
	install -D -m 644 $(OUT)/man/dxready.1 $(DESTDIR)$(MANDIR)/man1/dxready.1
	install -D -m 644 $(OUT)/man/vi/dxready.1 $(DESTDIR)$(MANDIR)/vi/man1/dxready.1
	install -D -m 644 $(OUT)/completions/dxready \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dxready
	for folder in questionnaires policies reports; do \
	  (cd $$folder && find . -name '*.json' -exec install -D -m 644 {} $(DESTDIR)$(DATADIR)/$$folder/{} \;); done
	install -d $(DESTDIR)$(UNITDIR)
	for unit in dxready.service dxready.socket; do \
	  sed 's|@bindir@|$(PREFIX)/bin|' dist/$$unit > $(DESTDIR)$(UNITDIR)/$$unit && \
	  chmod 644 $(DESTDIR)$(UNITDIR)/$$unit || exit 1; done
	install -D -m 644 dist/nginx.conf $(DESTDIR)$(PREFIX)/share/doc/dxready/nginx.conf

clean: ## remove everything that was built
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

-include $(OBJECTS:.o=.d) $(GENERATED:.c=.d) $(OUT)/obj/cli/main.d $(OUT)/manual.d $(UNIT:=.d) $(BENCH:=.d) $(FUZZ:=.d) $(PROBES:=.d)
