#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* The one place of the version; CHANGELOG.md must have it on top. */
#define DXREADY_VERSION "0.1.0"

#endif
