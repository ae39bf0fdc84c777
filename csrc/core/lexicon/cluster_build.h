/* cluster_build.h - compile clusters.tsv. */
#ifndef TT_CLUSTER_BUILD_H
#define TT_CLUSTER_BUILD_H

#include "tintuc/base.h"

/* Append the section "cluster" made of the table at `path`. TT_EIO, TT_ECORPUS with the line, TT_ENOMEM. */
tt_status tt__cluster_compile(tt_buf *out, const char *path, tt_error *err);

#endif
