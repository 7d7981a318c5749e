/* The addresses for everybody; see include/web/routes.h. */
ROUTE(GET, "/", ANYBODY, DONE, true, 0, page_home)
ROUTE(GET, "/phieu-giay/:text", ANYBODY, DONE, false, 0, page_paper)
ROUTE(GET, "/chinh-sach", ANYBODY, DONE, false, 0, page_policies)
ROUTE(GET, "/chinh-sach/:text", ANYBODY, DONE, false, 0, page_policy)
ROUTE(GET, "/tro-giup", ANYBODY, DONE, false, 0, page_help)
ROUTE(GET, "/du-lieu-ca-nhan", ANYBODY, DONE, false, 0, page_privacy)
ROUTE(GET, "/tiep-can", ANYBODY, DONE, false, 0, page_accessibility)
