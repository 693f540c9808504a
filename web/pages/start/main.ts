import "./bring/view.js";
import "./look_for/view.js";
import "./suggest/view.js";
import "./correct/view.js";
import "./judge/view.js";
import "./ship/view.js";
import { StartApp } from "./app.js";
import { Project } from "./project.js";

customElements.define("start-app", StartApp);

const project = new Project();
const app = document.createElement("start-app") as StartApp;
app.project = project;
document.body.replaceChildren(app);
void project.open();
