/* The addresses for everybody; see include/web/routes.h. */
ROUTE(GET, "/", ANYBODY, false, false, 0, page_home)
ROUTE(GET, "/phieu-giay/:text", ANYBODY, false, false, 0, page_paper)
ROUTE(GET, "/chinh-sach", ANYBODY, false, false, 0, page_policies)
ROUTE(GET, "/chinh-sach/:text", ANYBODY, false, false, 0, page_policy)
ROUTE(GET, "/tro-giup", ANYBODY, false, false, 0, page_help)
ROUTE(GET, "/du-lieu-ca-nhan", ANYBODY, false, false, 0, page_privacy)
ROUTE(GET, "/tiep-can", ANYBODY, false, false, 0, page_accessibility)
