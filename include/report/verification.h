#ifndef REPORT_VERIFICATION_H
#define REPORT_VERIFICATION_H

#include "base/date.h"
#include "base/ratio.h"

/*
 * What is known of a result that an authority has verified, and that a report says beside it: the
 * report itself is made of the verified answers, so its points and level are the verified ones. No
 * person is named. A document with this has room for a signature (draw/stamp.h).
 */
struct verification {
    day on;                   /* the day of the decision */
    const char *unit;         /* the authority: "Phòng Kinh tế số" */
    const char *reference;    /* of the case */
    int self_level;           /* what the enterprise found itself; LEVEL_NONE: not rated */
    struct ratio self_points; /* RATIO_NONE: not rated */
    const char *address;      /* where anybody can check it: "https://…/xac-minh" */
};

#endif
