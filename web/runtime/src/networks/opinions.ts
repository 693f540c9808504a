/** What a model says of a whole text, word by word: see predictors/opinions.py. */

import { chosenCategories, type Thresholds, thresholdsFromData } from "../decode.js";
import { type Folder, temperatureOf } from "../loading/folder.js";
import { type Schema, schemaFromData, type Task } from "../schema.js";
import { sentencesOf } from "../words/sentences.js";
import { type Annotation, type Category, inOrder, type Scores, type Span } from "../types.js";

/** So many sentences are shown for a category. */
const SHOWN = 3;

/**
 * What speaks for each label of each task, in the schema's order: `bias` from the start, and what each word adds,
 * [words, topics]. The sum of both is what the model goes by.
 */
export interface Opinion {
  readonly starts: readonly number[];
  readonly bias: Float32Array;
  readonly added: Float32Array;
}

/** A task with the places of its labels among all topics, and what divides their sums. */
interface Question {
  readonly task: Task;
  readonly first: number;
  readonly temperature: number;
}

/** How opinions become answers. */
export class Reader {
  private readonly questions: readonly Question[];

  constructor(
    readonly schema: Schema,
    private readonly thresholds: Thresholds,
    temperature: (task: string) => number,
  ) {
    let first = 0;
    this.questions = schema.tasks.map((task) => {
      const question = { task, first, temperature: temperature(task.name) };
      first += task.labels.length;
      return question;
    });
  }

  /** Read what a `config.json` says. */
  static of({ config }: Folder): Reader {
    const schema = schemaFromData(config["schema"]);
    return new Reader(schema, thresholdsFromData(config["thresholds"]), (task) => temperatureOf(config, task));
  }

  /** Count the labels of all tasks. */
  get topics(): number {
    return this.schema.tasks.reduce((sum, { labels }) => sum + labels.length, 0);
  }

  /** Choose categories; temperatures change no answer. */
  annotation(opinion: Opinion): Annotation {
    return { spans: null, categories: chosenCategories(this.categories(opinion, false), this.schema, this.thresholds) };
  }

  /** Give every category with its probability. */
  scores(opinion: Opinion): Scores {
    return { spans: [], categories: this.categories(opinion, true) };
  }

  private categories({ bias, added }: Opinion, tempered: boolean): Category[] {
    const total = Float64Array.from(bias);
    added.forEach((value, place) => (total[place % total.length] = (total[place % total.length] as number) + value));
    return this.questions.flatMap(({ task, first, temperature }) => {
      const own = total.subarray(first, first + task.labels.length).map((sum) => sum / (tempered ? temperature : 1));
      const chances = task.multiple ? own.map(sigmoid) : softmax(own);
      return task.labels.map(({ name }, i) => ({ task: task.name, label: name, score: chances[i] as number }));
    });
  }

  /** Give the sentences that spoke most for the chosen categories, with what each added; or `every` sentence. */
  evidence(text: string, opinion: Opinion, every: boolean): Span[] {
    const places = sentencesOf(text);
    const found = (this.annotation(opinion).categories ?? []).flatMap((category) => {
      const added = places.map(() => 0);
      const says = this.speakingFor(category, opinion);
      let place = 0;
      opinion.starts.forEach((start, word) => {
        while (start >= (places[place + 1]?.[0] ?? Infinity)) place++;
        added[place] = (added[place] ?? 0) + (says[word] as number);
      });
      const best = [...places.keys()].sort((a, b) => (added[b] as number) - (added[a] as number)).slice(0, every ? undefined : SHOWN);
      return best.flatMap((place): Span[] => {
        const [start, end] = places[place] as readonly [number, number];
        const score = added[place] as number;
        return every || score > 0 ? [{ start, end, label: category.label, score: Math.round(score * 1e4) / 1e4 }] : [];
      });
    });
    return inOrder(found);
  }

  /** Give what each word adds to a category; of one answer, less what it adds to the mean of the others. */
  private speakingFor({ task: name, label }: Category, { starts, bias, added }: Opinion): number[] {
    const { task, first } = this.questions.find(({ task }) => task.name === name) as Question;
    const names = task.labels.map((each) => each.name);
    const chosen = names.indexOf(label);
    return starts.map((_, word) => {
      const own = [...added.subarray(word * bias.length + first, word * bias.length + first + names.length)];
      const mine = own[chosen] as number;
      if (task.multiple || names.length === 1) return mine;
      return mine - (own.reduce((sum, value) => sum + value, 0) - mine) / (names.length - 1);
    });
  }
}

function softmax(sums: Float64Array): Float64Array {
  const most = Math.max(...sums);
  const raised = sums.map((sum) => Math.exp(sum - most));
  const all = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / all);
}

function sigmoid(sum: number): number {
  return 1 / (1 + Math.exp(-Math.max(-500, Math.min(500, sum))));
}
