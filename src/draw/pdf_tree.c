#include "pdf_parts.h"

#include <stdio.h>

/*
 * The tree of elements (ISO 32000-1, 14.7), made with the object calls that libharu exports: it has
 * no tagging of its own. Marks are numbered per page; the parent tree leads from them back to their
 * elements.
 */
static const char *const names[PDF_TAG__MAX] = {
    [PDF_PART] = "Part",       [PDF_SECTION] = "Sect",  [PDF_H1] = "H1",
    [PDF_H2] = "H2",           [PDF_H3] = "H3",         [PDF_PARAGRAPH] = "P",
    [PDF_LIST] = "L",          [PDF_LIST_ITEM] = "LI",  [PDF_LIST_LABEL] = "Lbl",
    [PDF_LIST_BODY] = "LBody", [PDF_CONTENTS] = "TOC",  [PDF_CONTENTS_ITEM] = "TOCI",
    [PDF_TABLE] = "Table",     [PDF_ROW] = "TR",        [PDF_HEADER_CELL] = "TH",
    [PDF_CELL] = "TD",         [PDF_FIGURE] = "Figure", [PDF_LINK] = "Link",
    [PDF_SPAN] = "Span",
};

static HPDF_Dict new_object(struct pdf *pdf)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->doc->mmgr);

    HPDF_Xref_Add(pdf->doc->xref, dict);
    return dict;
}

static struct pdf_element *new_element(struct pdf *pdf, const char *name)
{
    struct pdf_element *element = ARENA_NEW(&pdf->arena, struct pdf_element);

    element->dict = new_object(pdf);
    element->kids = HPDF_Array_New(pdf->doc->mmgr);
    HPDF_Dict_AddName(element->dict, "S", name);
    HPDF_Dict_Add(element->dict, "K", element->kids);
    return element;
}

static void add_attributes(struct pdf *pdf, struct pdf_element *element, enum pdf_tag tag)
{
    HPDF_Dict attributes;

    if (tag != PDF_HEADER_CELL)
        return;
    attributes = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Dict_AddName(attributes, "O", "Table");
    HPDF_Dict_AddName(attributes, "Scope", "Column");
    HPDF_Dict_Add(element->dict, "A", attributes);
}

/* The longest array that the library writes has 32,767 items. */
#define KIDS_MAX 32000

struct pdf_element *pdf_element(struct pdf *pdf, struct pdf_element *parent, enum pdf_tag tag,
                                const char *alt)
{
    struct pdf_element *element;

    if (!pdf->root)
        pdf->root = new_element(pdf, "Document");
    if (!parent)
        parent = pdf->root;
    if (parent->kids->list->count > KIDS_MAX)
        pdf->is_too_long = true;
    element = new_element(pdf, names[tag]);
    element->tag = tag;
    HPDF_Dict_Add(element->dict, "P", parent->dict);
    HPDF_Array_Add(parent->kids, element->dict);
    if (alt)
        HPDF_Dict_Add(element->dict, "Alt", pdf_string(pdf, alt));
    add_attributes(pdf, element, tag);
    return element;
}

/* The mark as a child of its element: a number, or a dictionary where it stands on another page. */
static void add_mark(struct pdf *pdf, struct pdf_element *element, int mark)
{
    HPDF_Dict reference;

    if (!element->page) {
        element->page = pdf->page->page;
        HPDF_Dict_Add(element->dict, "Pg", element->page);
    }
    if (element->page == pdf->page->page) {
        HPDF_Array_AddNumber(element->kids, mark);
        return;
    }
    reference = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Dict_AddName(reference, "Type", "MCR");
    HPDF_Dict_Add(reference, "Pg", pdf->page->page);
    HPDF_Dict_AddNumber(reference, "MCID", mark);
    HPDF_Array_Add(element->kids, reference);
}

void pdf_mark(struct pdf *pdf, struct pdf_element *element)
{
    struct pdf_page *page = pdf->page;
    char operators[80];

    pdf_unmark(pdf);
    page->is_marked = true;
    if (!element) {
        pdf_write(pdf, "/Artifact BMC\n");
        return;
    }
    if (!page->parents) {
        page->parents = HPDF_Array_New(pdf->doc->mmgr);
        HPDF_Xref_Add(pdf->doc->xref, page->parents);
    }
    snprintf(operators, sizeof(operators), "/%s <</MCID %d>> BDC\n", names[element->tag],
             page->marks);
    pdf_write(pdf, operators);
    add_mark(pdf, element, page->marks++);
    HPDF_Array_Add(page->parents, element->dict);
}

void pdf_unmark(struct pdf *pdf)
{
    if (pdf->page->is_marked)
        pdf_write(pdf, "EMC\n");
    pdf->page->is_marked = false;
}

void pdf_own(struct pdf *pdf, HPDF_Annotation annotation, struct pdf_element *element)
{
    struct pdf_owner *owner = ARENA_NEW(&pdf->arena, struct pdf_owner);
    HPDF_Dict reference = HPDF_Dict_New(pdf->doc->mmgr);

    HPDF_Dict_AddName(reference, "Type", "OBJR");
    HPDF_Dict_Add(reference, "Obj", annotation);
    HPDF_Dict_Add(reference, "Pg", pdf->page->page);
    HPDF_Array_Add(element->kids, reference);
    owner->element = element->dict;
    owner->key = pdf->keys++;
    HPDF_Dict_AddNumber(annotation, "StructParent", owner->key);
    *pdf->owners_end = owner;
    pdf->owners_end = &owner->next;
}

/* Keys must rise: annotations have theirs already, pages get the next ones. */
static HPDF_Dict parent_tree(struct pdf *pdf)
{
    HPDF_Dict tree = new_object(pdf);
    HPDF_Array numbers = HPDF_Array_New(pdf->doc->mmgr);

    HPDF_Dict_Add(tree, "Nums", numbers);
    for (struct pdf_owner *owner = pdf->owners; owner; owner = owner->next) {
        HPDF_Array_AddNumber(numbers, owner->key);
        HPDF_Array_Add(numbers, owner->element);
    }
    for (size_t i = 0; i < pdf->count; i++) {
        struct pdf_page *page = &pdf->pages[i];

        HPDF_Dict_AddName(page->page, "Tabs", "S");
        if (!page->parents)
            continue;
        HPDF_Dict_AddNumber(page->page, "StructParents", pdf->keys);
        HPDF_Array_AddNumber(numbers, pdf->keys++);
        HPDF_Array_Add(numbers, page->parents);
    }
    return tree;
}

void pdf_tree_finish(struct pdf *pdf)
{
    HPDF_Dict root, info;

    if (!pdf->root)
        return;
    root = new_object(pdf);
    HPDF_Dict_AddName(root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(root, "K", pdf->root->dict);
    HPDF_Dict_Add(pdf->root->dict, "P", root);
    HPDF_Dict_Add(root, "ParentTree", parent_tree(pdf));
    HPDF_Dict_AddNumber(root, "ParentTreeNextKey", pdf->keys);
    HPDF_Dict_Add(pdf->doc->catalog, "StructTreeRoot", root);
    info = HPDF_Dict_New(pdf->doc->mmgr);
    HPDF_Dict_AddBoolean(info, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(pdf->doc->catalog, "MarkInfo", info);
}
