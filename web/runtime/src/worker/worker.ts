/** The module that a worker runs; the runtime lies beside it. */

import { answerPage } from "textwright";

answerPage();
