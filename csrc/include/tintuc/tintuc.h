/* tintuc/tintuc.h - the whole public interface. */
#ifndef TINTUC_TINTUC_H
#define TINTUC_TINTUC_H

#include "tintuc/base.h"
#include "tintuc/corpus.h"
#include "tintuc/document.h"
#include "tintuc/encoding.h"
#include "tintuc/entity.h"
#include "tintuc/kind.h"
#include "tintuc/lexicon.h"
#include "tintuc/mention_rules.h"
#include "tintuc/model.h"
#include "tintuc/normalize.h"
#include "tintuc/page.h"
#include "tintuc/pool.h"
#include "tintuc/sentence.h"
#include "tintuc/syllable.h"
#include "tintuc/table.h"
#include "tintuc/text.h"
#include "tintuc/token.h"
#include "tintuc/train.h"
#include "tintuc/value.h"

#endif
