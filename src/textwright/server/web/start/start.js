import{offsetsOf as e}from"../runtime/textwright.js";var t=globalThis,n=t.ShadowRoot&&(t.ShadyCSS===void 0||t.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,r=Symbol(),i=new WeakMap,a=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==r)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(n&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=i.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&i.set(t,e))}return e}toString(){return this.cssText}},o=e=>new a(typeof e==`string`?e:e+``,void 0,r),s=(e,r)=>{if(n)e.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of r){let r=document.createElement(`style`),i=t.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=n.cssText,e.appendChild(r)}},c=n?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return o(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,h=globalThis,ee=h.trustedTypes,te=ee?ee.emptyScript:``,ne=h.reactiveElementPolyfillSupport,re=(e,t)=>e,ie={toAttribute(e,t){switch(t){case Boolean:e=e?te:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},ae=(e,t)=>!l(e,t),oe={attribute:!0,type:String,converter:ie,reflect:!1,useDefault:!1,hasChanged:ae};Symbol.metadata??=Symbol(`metadata`),h.litPropertyMetadata??=new WeakMap;var se=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=oe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??oe}static _$Ei(){if(this.hasOwnProperty(re(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(re(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(re(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ie:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ie:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??ae)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};se.elementStyles=[],se.shadowRootOptions={mode:`open`},se[re(`elementProperties`)]=new Map,se[re(`finalized`)]=new Map,ne?.({ReactiveElement:se}),(h.reactiveElementVersions??=[]).push(`2.1.2`);var ce=globalThis,le=e=>e,ue=ce.trustedTypes,de=ue?ue.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,fe=`$lit$`,g=`lit$${Math.random().toFixed(9).slice(2)}$`,pe=`?`+g,me=`<${pe}>`,he=document,ge=()=>he.createComment(``),_e=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ve=Array.isArray,ye=e=>ve(e)||typeof e?.[Symbol.iterator]==`function`,be=`[ 	
\f\r]`,xe=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Se=/-->/g,Ce=/>/g,_=RegExp(`>|${be}(?:([^\\s"'>=/]+)(${be}*=${be}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),we=/'/g,Te=/"/g,Ee=/^(?:script|style|textarea|title)$/i,De=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),v=De(1),Oe=De(2),y=Symbol.for(`lit-noChange`),b=Symbol.for(`lit-nothing`),ke=new WeakMap,Ae=he.createTreeWalker(he,129);function je(e,t){if(!ve(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return de===void 0?t:de.createHTML(t)}var Me=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=xe;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===xe?c[1]===`!--`?o=Se:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=_):(Ee.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=_):o=Ce:o===_?c[0]===`>`?(o=i??xe,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?_:c[3]===`"`?Te:we):o===Te||o===we?o=_:o===Se||o===Ce?o=xe:(o=_,i=void 0);let d=o===_&&e[t+1].startsWith(`/>`)?` `:``;a+=o===xe?n+me:l>=0?(r.push(s),n.slice(0,l)+fe+n.slice(l)+g+d):n+g+(l===-2?t:d)}return[je(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Ne=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Me(t,n);if(this.el=e.createElement(l,r),Ae.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=Ae.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(fe)){let t=u[o++],n=i.getAttribute(e).split(g),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Le:r[1]===`?`?Re:r[1]===`@`?ze:Ie}),i.removeAttribute(e)}else e.startsWith(g)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Ee.test(i.tagName)){let e=i.textContent.split(g),t=e.length-1;if(t>0){i.textContent=ue?ue.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],ge()),Ae.nextNode(),c.push({type:2,index:++a});i.append(e[t],ge())}}}else if(i.nodeType===8){if(i.data===pe)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(g,e+1))!==-1;)c.push({type:7,index:a}),e+=g.length-1}}a++}}static createElement(e,t){let n=he.createElement(`template`);return n.innerHTML=e,n}};function x(e,t,n=e,r){if(t===y)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=_e(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=x(e,i._$AS(e,t.values),i,r)),t}var Pe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??he).importNode(t,!0);Ae.currentNode=r;let i=Ae.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Fe(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Be(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=Ae.nextNode(),a++)}return Ae.currentNode=he,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Fe=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=b,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=x(this,e,t),_e(e)?e===b||e==null||e===``?(this._$AH!==b&&this._$AR(),this._$AH=b):e!==this._$AH&&e!==y&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ye(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==b&&_e(this._$AH)?this._$AA.nextSibling.data=e:this.T(he.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Ne.createElement(je(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Pe(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ke.get(e.strings);return t===void 0&&ke.set(e.strings,t=new Ne(e)),t}k(t){ve(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(ge()),this.O(ge()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=le(e).nextSibling;le(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},Ie=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=b,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=b}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=x(this,e,t,0),a=!_e(e)||e!==this._$AH&&e!==y,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=x(this,r[n+o],t,o),s===y&&(s=this._$AH[o]),a||=!_e(s)||s!==this._$AH[o],s===b?e=b:e!==b&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===b?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Le=class extends Ie{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===b?void 0:e}},Re=class extends Ie{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==b)}},ze=class extends Ie{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=x(this,e,t,0)??b)===y)return;let n=this._$AH,r=e===b&&n!==b||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==b&&(n===b||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Be=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){x(this,e)}},Ve={M:fe,P:g,A:pe,C:1,L:Me,R:Pe,D:ye,V:x,I:Fe,H:Ie,N:Re,U:ze,B:Le,F:Be},He=ce.litHtmlPolyfillSupport;He?.(Ne,Fe),(ce.litHtmlVersions??=[]).push(`3.3.3`);var Ue=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Fe(t.insertBefore(ge(),e),e,void 0,n??{})}return i._$AI(e),i},We=globalThis,S=class extends se{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ue(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return y}};S._$litElement$=!0,S.finalized=!0,We.litElementHydrateSupport?.({LitElement:S});var Ge=We.litElementPolyfillSupport;Ge?.({LitElement:S}),(We.litElementVersions??=[]).push(`4.2.2`);var Ke=3e4,qe=6e5,C=class extends Error{status;document;retryAfter;name=`ApiError`;constructor(e,t,n={},r=null){super(t),this.status=e,this.document=n,this.retryAfter=r}get kind(){return String(this.document.type??``).split(`:`).at(-1)??``}},Je=class extends Error{name=`Unreachable`};async function w(e){return await Xe(`GET`,e)}async function T(e,t,n={}){return await Xe(e,t,JSON.stringify(n))}async function Ye(e,t){return await Xe(`POST`,e,t,qe)}async function Xe(e,t,n,r=Ke){let i=await Ze(t,{method:e,headers:n===void 0?{}:{"Content-Type":typeof n==`string`?`application/json`:`application/octet-stream`},cache:`no-store`,...n!==void 0&&{body:n}},r);if(!i.ok)throw await $e(i);return i.status===204?null:await Qe(i.json())}async function Ze(e,t,n){return await Qe(fetch(e,{...t,signal:AbortSignal.timeout(n)}))}async function Qe(e){try{return await e}catch(e){throw new Je(`the server does not answer: ${e.message}`)}}async function $e(e){let t=await e.json().catch(()=>({})),n=typeof t.detail==`string`?t.detail:`the server answers ${e.status}`,r=Number(e.headers.get(`Retry-After`)??NaN);return new C(e.status,n,t,Number.isFinite(r)&&r>=0?r:null)}var et=class extends S{static properties={desk:{attribute:!1}};fault=``;#e=null;createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),this.#e=this.desk.listen(()=>this.requestUpdate()),this.attempt(()=>this.load())}disconnectedCallback(){super.disconnectedCallback(),this.#e?.()}get project(){return this.desk.project}async load(){}async attempt(e){try{this.fault=``,await e()}catch(e){this.fault=E(e.message),this.desk.notice(e)}this.desk.tell(),this.requestUpdate()}faultView(){return this.fault===``?b:v`<p class="fault" role="alert">${this.fault}</p>`}};function E(e){let t=/^\S+\.\w+:/.test(e)?e:e.charAt(0).toUpperCase()+e.slice(1);return/[.!?]$/.test(t)?t:`${t}.`}function tt(e){return e.length===0?b:v`<ul class="chips">
    ${e.map(e=>v`<li>${e.task}: <b>${e.label}</b></li>`)}
  </ul>`}var nt=class extends S{static properties={project:{attribute:!1}};fault=``;busy=!1;#e=null;#t=0;createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),this.#t=this.project.turn,this.#e=this.project.listen(()=>this.#r()),this.attempt(()=>this.#n())}async#n(){await this.project.saved,await this.load()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.()}#r(){this.requestUpdate(),this.#t!==this.project.turn&&(this.#t=this.project.turn,this.attempt(()=>this.again()))}async load(){}async again(){await this.load()}async attempt(e){this.busy=!0,this.requestUpdate();try{this.fault=``,await e()}catch(e){await this.#i(e)}this.busy=!1,this.requestUpdate()}async#i(e){e instanceof Je&&await this.project.refresh(),this.fault=this.project.lost?``:E(e.message)}async change(e){await this.attempt(e),await this.project.changed()}faultView(){return this.fault===``||this.fault===this.project.fault?b:v`<p class="fault" role="alert">${this.fault}</p>`}},D=`api/steps/bring`;function rt(e,t,n=`${t}s`){return`${e.toLocaleString(`en-GB`)} ${e===1?t:n}`}function it(e,t){return v`<section class="card">
    <h2 id="brought" tabindex="-1">${rt(t.count,`text`)}</h2>
    <p>${at(t)}</p>
    ${t.notes.map(e=>v`<p class="aside">${e}</p>`)}
    ${t.said.filter(({weight:e})=>e===`look`).map(({words:e})=>v`<p class="aside">${e}</p>`)}
    ${t.sources.filter(({columns:e})=>e.length>1).map(t=>ot(e,t))}
    <p class="soft">${[...t.said.filter(({weight:e})=>e===`note`).map(({words:e})=>e),`Some of them:`].join(` `)}</p>
    <ul class="sample">
      ${t.sample.map(({text:e,held_out:t})=>v`<li><span>${e}</span>${t?v` <span class="badge">for the test</span>`:b}</li>`)}
    </ul>
  </section>`}function at({count:e,held_out:t,annotated:n}){let r=n===0?``:` ${rt(n,`text`)} ${n===1?`is`:`are`} marked already.`;if(t===0)return`None is set aside for the test yet: they are too few or too much alike.${r}`;let i=t===1?`is`:`are`;return`${t.toLocaleString(`en-GB`)} of ${rt(e,`text`)} ${i} set aside for the test. No model ever learns from them.${r}`}function ot(e,t){return v`<p class="row">
    <label>
      In ${t.name} the texts are in the column
      <select ?disabled=${e.busy} @change=${n=>void e.chooseColumn(t.name,n.target.value)}>
        ${t.columns.map(e=>v`<option .value=${e} .selected=${e===t.column}>${e}</option>`)}
      </select>
    </label>
  </p>`}var st=class{#e;#t=``;constructor(e){this.#e=`textwright/start/${e}/draft`;try{this.#t=sessionStorage.getItem(this.#e)??``}catch{return}}get text(){return this.#t}set text(e){this.#t=e;try{sessionStorage.removeItem(this.#e),e!==``&&sessionStorage.setItem(this.#e,e)}catch{return}}};function ct(e,t,n){e.addEventListener(`dragover`,e=>{e.dataTransfer?.types.includes(`Files`)&&(e.preventDefault(),t(!0))}),e.addEventListener(`dragleave`,()=>t(!1)),e.addEventListener(`drop`,e=>{let r=e.dataTransfer?.files[0];r!==void 0&&(e.preventDefault(),t(!1),n(r))})}function lt(e,{repairs:t}){if(t.length===0)return b;let n=t.filter(({chosen:e})=>!e);return v`<section class="card repairs">
    <div class="view-head">
      <h2 id="repairs" tabindex="-1">${n.length===0?`Repaired`:`Worth repairing`}</h2>
      ${n.length>1?v`<button type="button" ?disabled=${e.busy} @click=${()=>void e.repair(t.map(({name:e})=>e),`#repairs`)}>Repair all</button>`:b}
    </div>
    <ul>
      ${t.map(n=>ut(e,n,t))}
    </ul>
  </section>`}function ut(e,t,n){let r=n.filter(e=>e.chosen).map(({name:e})=>e),i=r.filter(e=>e!==t.name),a=t.chosen?i:[...r,t.name],o=t.chosen?`Take back`:`Repair`;return v`<li>
    <div class="row">
      <span class="what">${t.words}</span>
      ${t.chosen?v`<span class="badge">done</span>`:b}
      <button type="button" id=${`repair-${t.name}`} ?disabled=${e.busy} aria-label=${`${o}: ${t.words}`} @click=${()=>void e.repair(a,`#repair-${t.name}`)}>
        ${o}
      </button>
    </div>
    ${t.chosen&&t.caution!==``?v`<p class="aside">${t.caution}</p>`:b}
    <details>
      <summary class="soft">Which ones</summary>
      <ul class="pairs">
        ${t.shown.map(e=>dt(t,e))}
      </ul>
    </details>
  </li>`}function dt({doubles:e},{before:t,after:n}){return n===null?v`<li><del>${t.trim()===``?`an empty text`:t}</del></li>`:v`<li><del>${t}</del> <span class="soft">${e?`like`:`becomes`}</span> <ins>${n}</ins></li>`}var ft=2e5,pt=class extends nt{data=null;#e=new st(``);#t=!1;#n=!1;#r=!1;#i=``;#a=0;connectedCallback(){super.connectedCallback(),this.#e=new st(this.project.data?.folder??``),this.#n||(this.#n=!0,ct(this,e=>this.#g(e),e=>void this.#d(e)))}async load(){this.updateComplete.then(()=>this.#s()),await this.again()}async again(){await this.#o(w(D))}async#o(e){let t=++this.#a,n=await e;return t===this.#a&&(this.data=n,!0)}#s(){document.activeElement===document.body&&this.querySelector(`#bring-text`)?.focus()}async#c(e){this.#i=``,await this.change(async()=>{await this.#o(e())&&(this.#i=this.#_())})}async#l(){let e=this.#e.text;await this.#c(async()=>{let t=await this.#u(e);return this.#e.text=``,t}),this.#h()}async#u(e){return e.length>ft?await Ye(`${D}/file?name=pasted%20lines`,new Blob([e])):await T(`POST`,`${D}/pasted`,{text:e})}async#d(e){e!==void 0&&(await this.#c(async()=>await Ye(`${D}/file?name=${encodeURIComponent(e.name.slice(-300))}`,e)),this.#h())}async#f({name:e}){await this.#c(async()=>await T(`POST`,`${D}/example`,{example:e})),this.#h()}async repair(e,t){await this.#c(async()=>await T(`POST`,`${D}/repairs`,{repairs:e})),await this.#p(t)}async chooseColumn(e,t){await this.#c(async()=>await T(`POST`,`${D}/column`,{source:e,column:t})),await this.#p(`select`)}async#p(e){await this.updateComplete,document.activeElement===document.body&&[e,`#repairs`,`#brought`].map(e=>this.querySelector(e)).find(e=>e!==null)?.focus()}async#m(){this.#r=!1,await this.#c(async()=>await T(`DELETE`,`${D}/texts`)),await this.updateComplete,this.querySelector(`#bring-text`)?.focus()}#h(){this.fault===``&&this.updateComplete.then(()=>this.querySelector(`#brought`)?.focus())}#g(e){this.#t!==e&&(this.#t=e,this.requestUpdate())}#_(){return this.data===null||this.data.count===0?`There are no texts.`:`${this.data.count} texts are here.`}render(){let{data:e}=this;return v`
      ${this.faultView()}
      <p class="visually-hidden" role="status">${this.#v()}</p>
      ${e===null?this.#y():e.count===0?this.#b(e.examples):this.#O(e)}
    `}#v(){return this.busy?this.data===null?`Looking at the texts.`:`Reading the texts.`:this.#i}#y(){return this.project.standing(`bring`)?.done===!0?v`<p class="soft">Looking at the texts …</p>`:this.#b([])}#b(e){return v`
      <section class=${this.#t?`card over`:`card`}>${this.#S(`Your texts`)}</section>
      <section>
        <h2>Or look around with an example</h2>
        ${e.length===0?v`<p class="soft">Looking for examples …</p>`:v`<ul class="examples">${e.map(e=>this.#x(e))}</ul>`}
      </section>
    `}#x(e){return v`<li class="card">
      <h3>${e.title}</h3>
      <p class="soft">“${e.first}”</p>
      <button type="button" ?disabled=${this.busy} @click=${()=>void this.#f(e)}>Take these ${e.texts} ${e.title.toLowerCase()}</button>
    </li>`}#S(e){let t=this.#C;return v`
      <h2><label for="bring-text">${e}</label></h2>
      <textarea
        id="bring-text"
        rows="7"
        aria-describedby="bring-how"
        placeholder="Paste here, a text a line"
        spellcheck="false"
        .value=${this.#e.text}
        @input=${e=>this.#T(e)}
        @keydown=${e=>this.#E(e)}
      ></textarea>
      <p class="soft" id="bring-how">Lines or a table; or drop a file here: CSV, TXT, JSONL, HTML. All stays on this machine.</p>
      <div class="row">
        <button type="button" class="main" ?disabled=${!this.#w} @click=${()=>void this.#l()}>${t?`Reading …`:`Bring these texts`}</button>
        <button type="button" ?disabled=${t} @click=${()=>this.querySelector(`#bring-file`)?.click()}>Open a file …</button>
        <input id="bring-file" type="file" hidden @change=${e=>this.#D(e)} />
      </div>
    `}get#C(){return this.busy&&this.data!==null}get#w(){return this.#e.text.trim()!==``&&!this.#C}#T(e){this.#e.text=e.target.value,this.requestUpdate()}#E(e){e.key===`Enter`&&(e.ctrlKey||e.metaKey)&&this.#w&&(e.preventDefault(),this.#l())}#D(e){let t=e.target,n=t.files?.[0];t.value=``,this.#d(n)}#O(e){return v`
      ${it(this,e)} ${lt(this,e)}
      <details class=${this.#t?`card more over`:`card more`} ?open=${this.#t||this.#e.text!==``}>
        <summary>Bring more, or begin anew</summary>
        ${this.#S(`More texts`)} ${this.#k(e)}
      </details>
    `}#k(e){let t=e.annotated===0?``:` Those that you marked stay.`;return this.#r?v`<p class="row anew" role="group" aria-label="Begin anew">
      <span>Take all texts out?${t}</span>
      <button type="button" id="clear" ?disabled=${this.busy} @click=${()=>void this.#m()}>Take them out</button>
      <button type="button" @click=${()=>this.#A(!1)}>Keep them</button>
    </p>`:v`<p class="row anew"><button type="button" ?disabled=${this.busy} @click=${()=>this.#A(!0)}>Begin anew …</button></p>`}#A(e){this.#r=e,this.requestUpdate(),this.updateComplete.then(()=>this.querySelector(e?`#clear`:`.anew button`)?.focus())}};customElements.define(`bring-step`,pt);var mt=class extends Error{name=`ModelError`};function ht(e){return e instanceof Map?[...e]:Object.entries(e)}function gt(e){let{name:t,labels:n,tasks:r,rules:i,open:a}=xt(`the schema`,e);return{name:typeof t==`string`?t:``,labels:bt(`labels`,n).map(([e,t])=>_t(e,t)),tasks:bt(`tasks`,r).map(([e,t])=>vt(e,xt(`task ${e}`,t))),rules:yt(i??[]),open:a===!0}}function _t(e,t){return{meaning:``,...xt(`label ${e}`,typeof t==`string`?{meaning:t}:t),name:e}}function vt(e,{labels:t,multiple:n,meaning:r}){return{name:e,labels:bt(`labels of task ${e}`,t).map(([e,t])=>_t(e,t)),multiple:n===!0,meaning:typeof r==`string`?r:``}}function yt(e){if(!Array.isArray(e))throw new mt(`rules is ${typeof e}, expected a list of tables`);return e.map(e=>{let t=xt(`a rule`,e);if(typeof t.kind!=`string`)throw new mt(`a rule has the keys ${Object.keys(t).join(`, `)}, expected kind`);return t})}function bt(e,t){return Array.isArray(t)?t.map(e=>[String(e),{}]):ht(xt(e,t??{}))}function xt(e,t){if(typeof t==`object`&&t&&!Array.isArray(t))return t;throw new mt(`${e} is ${Array.isArray(t)?`a list`:typeof t}, expected a table`)}var St=`api/steps/look_for`;function Ct(e){return e.split(/\r?\n/).map(e=>/^([^:]*):?(.*)$/.exec(e)).map(e=>({name:e?.[1]?.trim()??``,meaning:e?.[2]?.trim()??``})).filter(({name:e})=>e!==``)}function wt(e){return e.trim().split(/\s+/).join(`_`)}function Tt(e){let t=e.split(/[,;\n]/).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))]}function O(e,t,n=`${t}s`){return`${e.toLocaleString(`en`)} ${e===1?t:n}`}function Et(e,t,n){let r=t.map(e=>({span:e,start:e.start,end:e.end}));return Dt(e,{start:0,end:e.length},Ot(r,n),n)}function Dt(e,{start:t,end:n},r,i){let a=[],o=t,s=r;for(;s.length>0;){let[t,...n]=s;t.start>o&&a.push(e.slice(o,t.start));let r=n.filter(e=>e.start<t.end);a.push({span:t.span,continued:t.start>t.span.start,pieces:Dt(e,t,r.map(e=>({...e,end:Math.min(e.end,t.end)})),i)}),o=t.end,s=Ot([...r.filter(e=>e.end>o).map(e=>({...e,start:o})),...n.filter(e=>e.start>=o)],i)}return o<n&&a.push(e.slice(o,n)),a}function Ot(e,t){let n=({span:e})=>kt(e.label,t);return[...e].sort((e,t)=>e.start-t.start||t.end-e.end||n(e)-n(t))}function kt(e,t){let n=new Set,r=At(e,t);for(;r!==void 0&&!n.has(r);)n.add(r),r=At(r,t);return n.size}function At(e,t){return t.labels.find(({name:t})=>t===e)?.parent}var jt=[`#1f5fbf`,`#0b7a75`,`#b3410e`,`#7b3fa0`,`#806000`,`#2e7d32`,`#c2185b`,`#5d4037`,`#455a64`,`#00838f`],Mt=2,Nt=30,Pt=/^[^\s\p{L}\p{N}([{<]+/u;function Ft(e,t){let n=t.labels.findIndex(({name:t})=>t===e);return t.labels[n]?.colour??jt[Math.max(n,0)%jt.length]}function It(t,n,r){let i=n.spans??[],{toPoints:a}=e(t),o=Lt(`p`,`drawing`,...Rt(Et(t,i,r),r,a));return o.dir=`auto`,o.setAttribute(`aria-hidden`,`true`),[o,Lt(`p`,`visually-hidden`,Ht(t,n.spans))]}function Lt(e,t,...n){let r=document.createElement(e);return t!==``&&(r.className=t),r.append(...n),r}function Rt(e,t,n){return e.flatMap((r,i)=>{let a=e[i+1];if(typeof r==`string`)return r.slice(zt(e[i-1],r).length);let o=zt(r,a),s=Vt(r,Bt(a,o),t,n);return o===``?s:Lt(`span`,`together`,s,o)})}function zt(e,t){if(e===void 0||typeof e==`string`||typeof t!=`string`)return``;let{start:n,end:r}=e.span;return r-n>Nt?``:Pt.exec(t)?.[0]??``}function Bt(e,t){return typeof e==`string`?Math.min(e.length-t.length,Mt):0}function Vt({span:e,continued:t,pieces:n},r,i,a){let o=Lt(`span`,`inside`,...Rt(n,i,a)),s=Lt(`span`,t?`box continued`:`box`,o,Lt(`span`,`name`,e.label));return s.style.setProperty(`--colour`,Ft(e.label,i)),s.style.setProperty(`--room`,String(r)),s.dataset.start=String(a(e.start)),s.dataset.end=String(a(e.end)),s.dataset.label=e.label,s}function Ht(e,t){return t===null?e:`${e}. ${t.map(({start:t,end:n,label:r})=>`${r}: ${e.slice(t,n)}`).join(`; `)||`Nothing found`}.`}var Ut=class extends S{static properties={step:{attribute:!1},turn:{attribute:!1},editing:{state:!0},loss:{state:!0}};constructor(){super(),this.editing=null,this.loss=null}createRenderRoot(){return this}async ask(e,t,n,r=``){return this.loss=null,await this.step.ask(this.localName,e,t,n,e=>!(e instanceof C)||e.kind!==`used`?!1:(this.warn(r,e.message),!0))}warn(e,t){this.loss={of:e,detail:t},this.updateComplete.then(()=>this.querySelector(`.loss button`)?.focus())}lossView(e,t){if(this.loss?.of!==e)return b;let{detail:n}=this.loss;return v`<div class="loss fault" role="alert" @keydown=${t=>t.key===`Escape`&&this.#e(e)}>
      <p>${n}.</p>
      <p class="row">
        <button type="button" @click=${()=>this.#e(e)}>Keep</button>
        <button type="button" @click=${t}>Remove all the same</button>
      </p>
    </div>`}#e(e){this.loss=null,this.#t(e)}#t(e){this.updateComplete.then(()=>{([...this.querySelectorAll(`button[data-of]`)].find(t=>t.dataset.of===e)??this.querySelector(`form.change button`))?.focus()})}faultView(){return this.step.faultOf(this.localName)}edit(e,t=`input`){this.editing=e,this.loss=null,this.updateComplete.then(()=>{let e=this.querySelector(`form.change ${t}`);e?.focus(),e?.select()})}close(e){this.editing=null,this.#t(e)}};function Wt(e){let t=document.createElement(`span`);return t.className=`swatch`,t.style.setProperty(`--colour`,e),t}function k(e,t){return String(new FormData(e).get(t)??``).trim()}async function Gt(e,t){let n=[...e.querySelectorAll(`input:not([type=checkbox])`)].map(e=>[e,e.value]),r=[...e.querySelectorAll(`input[type=checkbox]`)].filter(e=>e.checked),i=t();if(e.reset(),e.querySelector(`input`)?.focus(),!(await i||n.some(([e])=>e.value!==``))){for(let[e,t]of n)e.value=t;for(let e of r)e.checked=!0}}var Kt=60,qt=90,Jt=30;function Yt(e,t,n){let{text:r,start:i,end:a}=Xt(e);return It(r,{spans:[{start:i,end:a,label:t}],categories:null},n)}function Xt({text:t,start:n,end:r}){let{toUnits:i}=e(t),[a,o]=[i(n),i(r)],s=a<=Kt?0:Zt(t,a-Kt,a),c=t.length-o<=qt?t.length:Zt(t,o+qt,t.length),[l,u]=[s>0?`… `:``,c<t.length?` …`:``],d=l.length-s;return{text:`${l}${t.slice(s,c).replaceAll(/\s/g,` `)}${u}`,start:a+d,end:o+d}}function Zt(e,t,n){let r=Math.min(t+Jt,n),i=e.slice(t,r).search(/\s/);return i>=0?t+i+1:Qt(e,r)?r+1:r}function Qt(e,t){return/^[\uDC00-\uDFFF]/.test(e.slice(t,t+1))}function $t(e,t){return e.labels.some(e=>e.name===t)?e:{...e,labels:[...e.labels,{name:t,meaning:``}]}}var en=class extends Ut{render(){let{data:e}=this.step;return e===null?b:v`
      <h2 tabindex="-1">Parts of a text</h2>
      ${this.#t(e.labels.length===0&&!e.starts.some(({fits:e})=>e))} ${this.faultView()}
      ${e.labels.length===0?b:v`<ul class="things">${e.labels.map(e=>v`<li class="card">${this.editing===e.name?this.#u(e):this.#a(e)}</li>`)}</ul>`}
      ${this.#e(e)}
    `}#e({rules:e,guideline:t}){let n=[e>0?O(e,`rule`):``,t?`a guideline`:``].filter(e=>e!==``);return n.length===0?b:v`<p class="soft">The file schema.toml also holds ${n.join(` and `)} for these labels.</p>`}#t(e){return v`<form class="filters" @submit=${e=>void this.#n(e)}>
      <label>Name <input name="name" required maxlength="300" autocomplete="off" spellcheck="false" placeholder="BRAND" @paste=${e=>void this.#r(e)} /></label>
      <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" placeholder="Who makes it, such as Bosch" /></label>
      <button type="submit" class=${e?`main`:``}>Add label</button>
    </form>`}async#n(e){e.preventDefault();let t=e.currentTarget,[n]=Ct(k(t,`name`));if(n===void 0)return;let r=k(t,`meaning`)||n.meaning;await Gt(t,()=>this.#i({name:n.name,meaning:r}))}async#r(e){let t=Ct(e.clipboardData?.getData(`text`)??``);if(!(t.length<2)){e.preventDefault();for(let e of t)if(!await this.#i(e))return}}async#i({name:e,meaning:t}){return await this.ask(`labels`,{name:e,meaning:t},`Added ${wt(e)}.`)}#a(e){let{name:t,meaning:n,key:r,parent:i,marks:a,texts:o}=e,{schema:s}=this.step;return v`
      <div class="thing">
        <h3>${Wt(Ft(t,s))}${t}</h3>
        ${r===``?b:v`<span class="soft">key <kbd>${r}</kbd></span>`} ${i===``?b:v`<span class="soft">inside ${i}</span>`}
        ${a===0?b:v`<span class="badge">${O(a,`mark`)} in ${O(o,`text`)}</span>`}
        <span class="row tools">
          <button type="button" data-of=${t} aria-label="Change ${t}" @click=${()=>this.edit(t)}>Change</button>
          <button type="button" aria-label="Remove ${t}" @click=${()=>this.#c(e)}>Remove</button>
        </span>
      </div>
      ${n===``?v`<p class="soft">What it marks is not said yet.</p>`:v`<p>${n}</p>`} ${this.#o(e)} ${this.#s(e)} ${this.lossView(t,()=>void this.#l(t,!0))}
    `}#o({name:e,place:t}){return t===null?this.step.data?.texts===0?b:v`<p><button type="button" class="slight" @click=${()=>this.edit(e,`[name=words]`)}>Show it on one of your texts<span class="visually-hidden">: ${e}</span></button></p>`:v`<div class="seen">${Yt(t,e,this.step.schema)}</div>`}#s({marks:e}){let t=this.step.data?.corrected??0;return e>0||t===0?b:v`<p class="soft">${O(t,`text`)} corrected so far, none with it. <a href="annotate.html#/texts">Look through them again</a></p>`}#c({name:e,marks:t,texts:n}){t===0?this.#l(e,!1):this.warn(e,`${e} has ${O(t,`mark`)} in ${O(n,`text`)}, which would be lost`)}async#l(e,t){await this.ask(`labels/removal`,{name:e,lose:t},`Removed ${e}.`,e)&&this.querySelector(`h2`)?.focus()}#u({name:e,meaning:t,key:n,parent:r,place:i}){let a=i===null?``:[...i.text].slice(i.start,i.end).join(``);return v`<form class="filters change" @submit=${t=>void this.#d(t,e)} @keydown=${t=>this.#f(t,e)}>
      <label>Name <input name="to" required maxlength="60" autocomplete="off" spellcheck="false" value=${e} /></label>
      <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" value=${t} /></label>
      <label>Key <input name="key" class="short" maxlength="1" autocomplete="off" spellcheck="false" value=${n} /></label>
      <label>Lies inside
        <select name="parent">
          <option value="">no other label</option>
          ${(this.step.data?.labels.filter(t=>t.name!==e)??[]).map(e=>v`<option value=${e.name} ?selected=${e.name===r}>${e.name}</option>`)}
        </select>
      </label>
      <label class="wider">Show it on these words of a text <input name="words" maxlength="500" autocomplete="off" value=${a} /></label>
      <span class="row">
        <button type="submit" class="main">Save</button>
        <button type="button" @click=${()=>this.close(e)}>Cancel</button>
      </span>
    </form>`}async#d(e,t){e.preventDefault();let n=e.currentTarget,[r,i,a,o,s]=[`to`,`meaning`,`key`,`parent`,`words`].map(e=>k(n,e));await this.ask(`labels/change`,{name:t,to:r,meaning:i,key:a,parent:o,words:s},`Changed ${r}.`)&&this.close(r??t)}#f(e,t){e.key===`Escape`&&this.close(t)}};customElements.define(`look-for-labels`,en);var tn=700,nn=`?`,rn=class extends Ut{found=null;#e=0;#t=null;disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.#e)}updated(){this.#t!==this.turn&&this.step.data!==null&&(this.#t=this.turn,this.#n())}async#n(){clearTimeout(this.#e);try{this.found=await w(`${St}/proposals`)}catch{return}this.requestUpdate(),!this.found.ready&&this.isConnected&&(this.#e=window.setTimeout(()=>void this.#n(),tn))}render(){let{found:e}=this;if(e===null||(this.step.data?.texts??0)===0)return b;let t=e.labels.length===0&&e.task===null;return e.ready&&t&&e.lacking===``&&e.model===``?b:v`
      <h2 tabindex="-1">Found in your texts</h2>
      <p class="soft" role="status">${e.ready?t?``:`Take what is useful; names can be changed afterwards.`:`Looking through your texts …`}</p>
      ${this.faultView()}
      <ul class="things proposed">
        ${e.labels.map(e=>v`<li class="card">${e.name===``?this.#a(e):this.#i(e)}</li>`)}
        ${e.task===null?b:v`<li class="card">${this.#l(e.task)}</li>`}
      </ul>
      ${this.#r(e)}
      ${e.lacking===``?b:v`<p class="soft">Words and texts of like meaning were not looked for: ${e.lacking}</p>`}
    `}#r({model:e,asked:t}){return e===``?b:v`
      ${t!==``&&t!==`asking`&&t!==`answered`?v`<p class="fault" role="alert">${E(t)}</p>`:b}
      <p class="row">
        <button type="button" ?disabled=${t===`asking`} @click=${()=>void this.ask(`proposals/model`,{},`Asking the language model.`)}>
          ${t===`asking`?`Asking the language model …`:`Ask the language model`}
        </button>
        <span class="soft">It sees 20 of your texts: ${e}</span>
      </p>
    `}#i(e){return v`
      <div class="thing">
        <h3>${e.name}</h3>
        ${e.texts===0?v`<span class="badge">${e.why}</span>`:v`<span class="badge">${O(e.texts,`text`)}</span>`}
        <button type="button" class="tools" @click=${()=>void this.#c(e,e.name)}>Add ${e.name}</button>
      </div>
      ${this.#o(e,e.name)}
    `}#a(e){return v`
      <form class="thing" @submit=${t=>void this.#s(t,e)}>
        <label>Name <input name="name" required maxlength="60" autocomplete="off" spellcheck="false" aria-label="Name for: ${e.meaning}" /></label>
        <span class="badge">${O(e.texts,`text`)}</span>
        <button type="submit" class="tools" aria-label="Add label for: ${e.meaning}">Add</button>
      </form>
      ${this.#o(e,nn)}
    `}#o({meaning:e,places:t},n){let[r]=t;return v`<p>${e}</p>${r===void 0?b:v`<div class="seen">${Yt(r,n,$t(this.step.schema,n))}</div>`}`}async#s(e,t){e.preventDefault(),await this.#c(t,k(e.currentTarget,`name`))}async#c({meaning:e,places:t},n){await this.ask(`labels`,{name:n,meaning:e,place:t[0]??null},`Added ${wt(n)}.`)&&this.querySelector(`h2`)?.focus()}#l(e){return v`
      <div class="thing">
        <h3>Groups of like texts</h3>
        <button type="button" class="tools" @click=${()=>void this.#u(e)}>Add as a question</button>
      </div>
      <dl class="answers">
        ${e.answers.map(({name:e,texts:t,shown:n})=>v`<div>
            <dt>${e} <span class="badge">${O(t,`text`)}</span></dt>
            <dd class="soft">${n[0]??``}</dd>
          </div>`)}
      </dl>
    `}async#u({name:e,meaning:t,answers:n}){let r=n.map(e=>({name:e.name,meaning:e.meaning}));await this.ask(`tasks`,{name:e,meaning:t,answers:r},`Added the question ${e}.`)&&this.querySelector(`h2`)?.focus()}};customElements.define(`look-for-proposals`,rn);var an=class extends Ut{render(){let{data:e}=this.step;return e===null?b:v`
      <h2 tabindex="-1">Questions about the whole text</h2>
      ${e.tasks.length===0?b:v`<ul class="things">${e.tasks.map(e=>v`<li class="card">${this.editing===e.name?this.#a(e):this.#n(e)}</li>`)}</ul>`}
      ${this.faultView()}
      <details class="ask">
        <summary>Ask a question</summary>
        ${this.#e()}
      </details>
    `}#e(){return v`<form class="filters" @submit=${e=>void this.#t(e)}>
      <label>Short name <input name="name" required maxlength="60" autocomplete="off" spellcheck="false" placeholder="topic" /></label>
      <label class="wider">Answers, with commas between <input name="answers" required maxlength="2000" autocomplete="off" placeholder="fault, billing, other" /></label>
      <label class="wider">The question <input name="meaning" maxlength="500" autocomplete="off" placeholder="What is the text about?" /></label>
      <label class="tick"><input type="checkbox" name="multiple" /> Several answers may be right</label>
      <button type="submit">Add question</button>
    </form>`}async#t(e){e.preventDefault();let t=e.currentTarget,[n,r]=[k(t,`name`),k(t,`meaning`)],i=Tt(k(t,`answers`)).map(e=>({name:e})),a=k(t,`multiple`)===`on`;await Gt(t,()=>this.ask(`tasks`,{name:n,meaning:r,multiple:a,answers:i},`Added ${n}.`))}#n(e){let{name:t,meaning:n,multiple:r,answers:i}=e;return v`
      <div class="thing">
        <h3>${t}</h3>
        ${r?v`<span class="soft">several answers may be right</span>`:b}
        <span class="row tools">
          <button type="button" data-of=${t} aria-label="Change ${t}" @click=${()=>this.edit(t)}>Change</button>
          <button type="button" aria-label="Remove ${t}" @click=${()=>this.#r(e)}>Remove</button>
        </span>
      </div>
      ${n===``?b:v`<p>${n}</p>`}
      <dl class="answers">${i.map(e=>sn(e))}</dl>
      ${this.lossView(t,()=>void this.#i(t,!0))}
    `}#r({name:e,answers:t}){let n=t.reduce((e,t)=>e+t.texts,0);n===0?this.#i(e,!1):this.warn(e,`${e} has ${O(n,`answer`)}, which would be lost`)}async#i(e,t){await this.ask(`tasks/removal`,{name:e,lose:t},`Removed ${e}.`,e)&&this.querySelector(`h2`)?.focus()}#a(e){let{name:t,meaning:n,multiple:r,answers:i}=e;return v`<form class="filters change" @submit=${t=>void this.#o(t,e)} @keydown=${e=>this.#s(e,t)}>
      <label>Short name <input name="to" required maxlength="60" autocomplete="off" spellcheck="false" value=${t} /></label>
      <label class="wider">The question <input name="meaning" maxlength="500" autocomplete="off" value=${n} /></label>
      <label class="tick"><input type="checkbox" name="multiple" ?checked=${r} /> Several answers may be right</label>
      <fieldset>
        <legend>Answers; an empty name takes one away</legend>
        ${[...i,on,on].map((e,t)=>cn(e,t))}
      </fieldset>
      <span class="row">
        <button type="submit" class="main">Save</button>
        <button type="button" @click=${()=>this.close(t)}>Cancel</button>
      </span>
    </form>
    ${this.lossView(`${t} changed`,()=>this.querySelector(`form.change`)?.requestSubmit())}`}async#o(e,{name:t,answers:n}){e.preventDefault();let r=e.currentTarget,[i,a,o]=[k(r,`to`),k(r,`meaning`),k(r,`multiple`)===`on`],s=[...n,on,on].map((e,t)=>({name:k(r,`name${t}`),meaning:k(r,`meaning${t}`),was:e.name||null})).filter(e=>e.name!==``),c=this.loss?.of===`${t} changed`;await this.ask(`tasks/change`,{name:t,to:i,meaning:a,multiple:o,answers:s,lose:c},`Changed ${i}.`,`${t} changed`)&&this.close(i)}#s(e,t){e.key===`Escape`&&this.close(t)}},on={name:``,meaning:``,texts:0};function sn({name:e,meaning:t,texts:n}){return v`<div>
    <dt>${e} ${n===0?b:v`<span class="badge">${O(n,`text`)}</span>`}</dt>
    <dd class="soft">${t}</dd>
  </div>`}function cn({name:e,meaning:t},n){return v`<span class="row answer">
    <input name="name${n}" aria-label="Answer ${n+1}" maxlength="60" autocomplete="off" value=${e} placeholder="another answer" />
    <input name="meaning${n}" aria-label="What answer ${n+1} means" maxlength="500" autocomplete="off" value=${t} placeholder="what it means" />
  </span>`}customElements.define(`look-for-questions`,an);var ln=6,un=class extends Ut{static properties={...Ut.properties,fitting:{attribute:!1}};render(){let e=(this.step.data?.starts??[]).filter(({fits:e})=>e===this.fitting);return e.length===0?b:this.fitting?v`<div class="card">${e.map(e=>this.#e(e))}${this.faultView()}</div>`:v`<details class="begin">
      <summary><h2>Start from an example</h2></summary>
      ${this.faultView()}
      <ul class="things">${e.map(e=>v`<li class="card">${this.#e(e)}</li>`)}</ul>
    </details>`}#e({name:e,title:t,labels:n,tasks:r,fits:i}){let a=[...n,...r],o=a.length>ln?` and ${a.length-ln} more`:``;return v`<div class="thing">
      <p><b>${t}</b> <span class="soft">${a.slice(0,ln).join(`, `)}${o}</span></p>
      <button type="button" class=${i?`tools main`:`tools`} @click=${()=>void this.#t(e,t)}>Take these<span class="visually-hidden">: ${t}</span></button>
    </div>`}async#t(e,t){await this.ask(`start`,{name:e},`Took the labels of ${t}.`)&&this.step.querySelector(`look-for-labels h2`)?.focus()}};customElements.define(`look-for-starts`,un);var dn={name:``,labels:[],tasks:[],rules:[],open:!1},fn=class extends nt{data=null;schema=dn;#e=``;#t=``;#n=0;#r=Promise.resolve();async load(){this.#i(await w(St))}#i(e){this.data=e,this.schema=gt(e.schema),this.#n++}async ask(e,t,n,r,i){let a=this.#r.then(()=>this.#a(e,t,n,r,i));return this.#r=a,await a}async#a(e,t,n,r,i){let a=!1;return[this.#t,this.#e]=[e,``],await this.change(async()=>{try{this.#i(await T(`POST`,`${St}/${t}`,n)),a=!0,this.#e=r}catch(e){if(!i(e))throw e}}),await this.updateComplete,a}faultOf(e){return this.#t===e?this.faultView():b}render(){if(this.data===null)return this.faultView();let{data:e}=this,t=e.labels.length===0&&e.tasks.length===0,n=this.#n;return v`
      ${this.#t===``?this.faultView():b}
      <p class="visually-hidden" role="status">${this.#e}</p>
      ${t?v`<look-for-starts .step=${this} .turn=${this.#o()} .fitting=${!0}></look-for-starts>`:b}
      <look-for-labels .step=${this} .turn=${this.#o()}></look-for-labels>
      <look-for-proposals .step=${this} .turn=${n}></look-for-proposals>
      <look-for-questions .step=${this} .turn=${this.#o()}></look-for-questions>
      <look-for-starts .step=${this} .turn=${this.#o()} .fitting=${!1}></look-for-starts>
    `}#o(){return{}}};customElements.define(`look-for-step`,fn);function pn(e,t,n,r){let i=e?.models[0],a=(e,n,i,a)=>v`<label class="way">
    <input type="radio" name="suggesting" .checked=${t===e} @change=${()=>r(e,a)} />
    <span><b>${n}</b><span class="soft">${i}</span></span>
  </label>`;return v`<fieldset class="ways" ?disabled=${e===null}>
    <legend class="visually-hidden">What marks the texts first</legend>
    ${a(`nothing`,`Nothing`,`You mark each text yourself.`)}
    ${a(`rules`,`Rules that you write`,`You list words; they are found at once.`)}
    ${i===void 0?b:a(`model`,`A ready model`,vn(i,n),e?.model??i.reference)}
    ${a(`prompt`,`A language model`,`It reads your labels' meanings. It is slow.`)}
  </fieldset>`}function mn({models:e,model:t},n){return v`<fieldset class="card models">
    <legend><h2>Ready models</h2></legend>
    ${e.map(e=>v`<label class="way">
        <input type="radio" name="model" .checked=${e.reference===t} @change=${()=>n(`model`,e.reference)} />
        <span><b>${e.reference}</b> <span class="soft">${e.about} It knows ${[...e.labels,...e.tasks].join(`, `)}.</span></span>
      </label>`)}
  </fieldset>`}function hn({rules_file:e},t){return v`<section class="card" aria-labelledby="hand-title">
    <h2 id="hand-title">Rules written by hand</h2>
    <p>The rules suggest as they stand in <code>${e}</code>. Somebody changed that file outside of this page.</p>
    <button type="button" @click=${t}>Use this page's rules instead</button>
    <p class="soft">The file is kept as rules.by-hand.toml.</p>
  </section>`}function gn({prompt:e,language_model:t},n,r){return v`<form class="card prompt" aria-labelledby="prompt-title" @submit=${e=>{e.preventDefault(),r(new FormData(e.currentTarget))}}>
    <h2 id="prompt-title">Which language model</h2>
    <p class="soft">
      ${t.local?`Left empty, the small model of this machine answers. It is often wrong.`:`None is on this machine. Give the address of a server.`}
    </p>
    <label>Address <input name="address" type="url" .value=${e?.address||t.address||``} placeholder="http://localhost:11434/v1" autocomplete="off" ?required=${!t.local} /></label>
    <label>Model <input name="model" .value=${e?.model??``} placeholder="qwen3" autocomplete="off" spellcheck="false" /></label>
    <button type="submit" ?disabled=${n}>Ask this one</button>
  </form>`}function _n(){return v`<p class="card">Rules mark parts of a text, and there is no label for a part yet. <a href="#/look_for">Name one</a></p>`}function vn({labels:e,tasks:t},n){return`One knows ${e.length+t.length} of the ${n} that you look for.`}var yn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},bn=e=>(...t)=>({_$litDirective$:e,values:t}),xn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Sn}=Ve,Cn=e=>e,wn=()=>document.createComment(``),Tn=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Sn(r.insertBefore(wn(),i),r.insertBefore(wn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Cn(e).nextSibling;Cn(r).insertBefore(e,i),e=t}}}return n},A=(e,t,n=e)=>(e._$AI(t,n),e),En={},Dn=(e,t=En)=>e._$AH=t,On=e=>e._$AH,kn=e=>{e._$AR(),e._$AA.remove()},An=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},jn=bn(class extends xn{constructor(e){if(super(e),e.type!==yn.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=On(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=A(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=A(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=A(i[d],a[m]),Tn(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=A(i[f],a[p]),Tn(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=An(o,p,m),u=An(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=Tn(e,i[d]);A(t,a[p]),c[p]=t}else c[p]=A(n,a[p]),Tn(e,i[d],n),i[t]=null;p++}else kn(i[f]),f--}else kn(i[d]),d++;for(;p<=m;){let t=Tn(e,c[m+1]);A(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&kn(e)}return this.ut=o,Dn(e,c),y}}),Mn={words:`one of these words`,after:`what stands after`,before:`what stands before`,number:`a number with a unit`,between:`what stands between`,capitals:`words with a capital`},Nn={words:{name:`Words`,example:`words, with commas between`},after:{name:`After the word`,example:`by, made in`},before:{name:`Before the word`,example:`with, for`},number:{name:`Units`,example:`ml, kg, %`},between:{name:`From`,example:`( … empty: from the beginning`},capitals:{name:`But not`,example:`words to leave out`}};function Pn({kind:e,words:t,until:n}){return e===`capitals`||t.trim()!==``||n.trim()!==``}function Fn(e,t=`words`){return{label:e,kind:t,words:``,until:``,most:1,first:!0}}function In(e,t){let n=/[,;]/.test(t)&&!t.includes(`"`)?`"${t}"`:t,r=e.replace(/[,;\s]+$/,``);return r===``?n:`${r}, ${n}`}var Ln=5;function Rn(e,t,{parts:n,checked:r,absent:i,tried:a}){let o=n[e],s=i[e]??[],c=o===void 0?[]:[zn(o,r[e])];return s.length>0?[...c,Bn(s,t,a)].join(`; `):o===0&&t.kind!==`capitals`?`marks nothing, though its words are there: another rule may mark them first`:c.join(``)}function zn(e,t){let n=e===0?`marks nothing`:`marks ${e} ${e===1?`part`:`parts`}`;return t===void 0?n:`${n}; right for ${t.right} of ${t.of} in texts that you corrected`}function Bn(e,{kind:t},n){let r=e.slice(0,Ln).map(e=>`“${e}”`).join(`, `),i=e.length-Ln,a=i>0?`${r} and ${i} more`:r;return t===`number`?`${a} ${e.length===1?`stands`:`stand`} beside no number in ${n} texts`:`${a} ${e.length===1?`is`:`are`} in none of ${n} texts`}var Vn=class extends S{static properties={schema:{attribute:!1},rules:{attribute:!1},proposals:{attribute:!1},faults:{attribute:!1},trial:{attribute:!1}};#e=[];#t=0;#n=null;createRenderRoot(){return this}willUpdate(e){e.has(`rules`)&&!this.#r(this.rules)&&(this.#e=this.rules.map(e=>this.#i(e)));let t=this.schema.labels.filter(({name:e})=>!this.#e.some(({rule:t})=>t.label===e));t.length>0&&(this.#e=[...this.#e,...t.map(({name:e})=>this.#i(Fn(e)))])}#r(e){return JSON.stringify(e)===JSON.stringify(this.#a.map(({rule:e})=>e))}#i(e){return{id:++this.#t,rule:e}}get#a(){return this.#e.filter(({rule:e})=>Pn(e))}#o(e){this.#e=e,this.requestUpdate(),this.dispatchEvent(new CustomEvent(`rules-changed`,{detail:this.#a.map(({rule:e})=>e)}))}#s(e,t){this.#o(this.#e.map(n=>n.id===e?{id:e,rule:{...n.rule,...t}}:n))}#c(e){let t=this.#i(Fn(e));this.#e=[...this.#e,t],this.requestUpdate(),this.#d(`[data-row="${t.id}"] textarea`)}#l(e){this.#n=Pn(e.rule)?{row:e,place:this.#e.indexOf(e)}:null,this.#o(this.#e.filter(t=>t.id!==e.id)),this.#d(`[data-add="${CSS.escape(e.rule.label)}"]`)}#u({row:e,place:t}){this.#n=null,this.#o([...this.#e.slice(0,t),e,...this.#e.slice(t)]),this.#d(`[data-row="${e.id}"] textarea`)}#d(e){this.updateComplete.then(()=>this.querySelector(e)?.focus())}#f({label:e,kind:t},n){let r=this.#e.find(({rule:n})=>n.label===e&&n.kind===t)??this.#p(e,t),i=n.reduce(In,r.rule.words),a={...r.rule,kind:t,words:i},o=this.#e.some(({id:e})=>e===r.id)?this.#e:[...this.#e,r];this.#o(o.map(e=>e.id===r.id?{id:r.id,rule:a}:e)),this.#d(`[data-row="${r.id}"] textarea`)}#p(e,t){return this.#e.find(({rule:t})=>t.label===e&&!Pn(t))??this.#i(Fn(e,t))}render(){let e=this.#e.filter(({rule:e})=>!this.schema.labels.some(({name:t})=>t===e.label));return v`${this.schema.labels.map(e=>this.#m(e))}
    ${e.length===0?b:v`<section class="of-label"><h3>Rules of labels that are gone</h3>${this.#g(e)}</section>`}`}#m({name:e,meaning:t}){let n=this.#e.filter(({rule:t})=>t.label===e);return v`<section class="of-label" role="group" aria-label=${e}>
      <h3>${Un(Ft(e,this.schema))}${e} ${t===``?b:v`<span class="soft">${t}</span>`}</h3>
      ${this.#g(n)} ${this.#n?.row.rule.label===e?this.#h(this.#n):b}
      ${this.proposals.filter(({label:t})=>t===e).map(e=>this.#w(e))}
      <button type="button" class="quiet" data-add=${e} @click=${()=>this.#c(e)}>Another rule<span class="visually-hidden"> for ${e}</span></button>
    </section>`}#h(e){return v`<p class="soft" role="status">The rule is gone. <button type="button" class="quiet" @click=${()=>this.#u(e)}>Take it back</button></p>`}#g(e){return v`${jn(e,({id:e})=>e,(e,t)=>this.#_(e,`${e.rule.label}, rule ${t+1}`))}`}#_(e,t){let{id:n,rule:r}=e,i=this.#a.findIndex(e=>e.id===n);return v`<div class="rule" data-row=${n} role="group" aria-label=${t}>
      <select aria-label="What ${r.label} is" @change=${e=>this.#s(n,{kind:e.target.value})}>
        ${Object.entries(Mn).map(([e,t])=>v`<option value=${e} ?selected=${e===r.kind}>${t}</option>`)}
      </select>
      ${this.#y(e)}
      ${this.#v(e)?b:v`<button type="button" class="quiet remove" aria-label="Remove ${t}" title="Remove" @click=${()=>this.#l(e)}>✕</button>`}
      ${i===-1?b:this.#C(e,i)}
    </div>`}#v({id:e,rule:t}){return!Pn(t)&&!this.#e.some(n=>n.rule.label===t.label&&n.id!==e)}#y({id:e,rule:t}){let{name:n,example:r}=Nn[t.kind];return v`<span class="fields">
      <textarea rows="1" spellcheck="false" aria-label="${n} for ${t.label}" aria-describedby="outcome-${e}" placeholder=${r} .value=${t.words}
        @input=${t=>this.#s(e,{words:t.target.value})}></textarea>
      ${t.kind===`between`?this.#b(e,t):b}
      ${t.kind===`before`||t.kind===`after`?this.#x(e,t):b}
      ${t.kind===`capitals`?this.#S(e,t):b}
    </span>`}#b(e,{label:t,until:n}){return v`<textarea rows="1" spellcheck="false" aria-label="Up to, for ${t}" placeholder=") … empty: up to the end" .value=${n}
      @input=${t=>this.#s(e,{until:t.target.value})}></textarea>`}#x(e,{label:t,most:n}){return v`<select aria-label="How many words ${t} has" @change=${t=>this.#s(e,{most:Number(t.target.value)})}>
      ${[`one word`,`up to two words`,`up to three words`].map((e,t)=>v`<option value=${t+1} ?selected=${n===t+1}>${e}</option>`)}
    </select>`}#S(e,{first:t}){return v`<label class="tick"><input type="checkbox" .checked=${t} @change=${t=>this.#s(e,{first:t.target.checked})} />
      also where a sentence begins</label>`}#C({id:e,rule:t},n){let r=this.faults[n]??[];return v`<p class="outcome" id="outcome-${e}">
      ${this.trial===null?b:v`<span class="soft">${Rn(n,t,this.trial)}</span>`}
      ${r.map(e=>v`<span class="wrong" role="alert">${e}</span>`)}
    </p>`}#w(e){let{words:t,times:n}=e;return v`<p class="proposed">
      <span class="soft">${Hn(e)}:</span>
      ${t.map((t,r)=>v`<button type="button" class="quiet" aria-label="Add ${t}" @click=${()=>this.#f(e,[t])}>+ ${t} <span class="soft">${n[r]}×</span></button>`)}
      ${t.length<2?b:v`<button type="button" class="quiet" @click=${()=>this.#f(e,t)}>Add all</button>`}
    </p>`}};function Hn({origin:e,kind:t}){return e===`meaning`?t===`number`?`Units in its meaning`:`Named in its meaning`:t===`number`?`Units that you marked`:t===`after`?`Often before it`:`You marked`}function Un(e){let t=document.createElement(`span`);return t.className=`swatch`,t.style.setProperty(`--colour`,e),t}customElements.define(`rules-form`,Vn);var Wn={any:`any texts`,found:`texts with a mark`,nothing:`texts without a mark`},Gn=class extends S{static properties={trial:{attribute:!1},schema:{attribute:!1},show:{attribute:!1},choosable:{attribute:!1},aside:{attribute:!1}};createRenderRoot(){return this}#e(e,t){this.dispatchEvent(new CustomEvent(`texts-wanted`,{detail:{show:e,skip:t}}))}render(){let{trial:e}=this;return v`<section class="card trial" aria-labelledby="trial-title">
      <h2 id="trial-title">On your texts</h2>
      <p class="soft" role="status">${e===null?`Trying it …`:Kn(e,this.aside)}</p>
      ${e===null?b:this.#t(e)}
      ${e===null?b:v`<ol class="seen">${e.seen.map(e=>this.#r(e))}</ol>`}
    </section>`}#t(e){return e.of===0||e.running?b:v`<p class="row">
      ${this.choosable?this.#n():b}
      ${e.tried>e.seen.length||e.of>e.tried?v`<button type="button" @click=${()=>this.#e(this.show,e.following)}>Show others</button>`:b}
    </p>`}#n(){return v`<label>Show
      <select @change=${e=>this.#e(e.target.value,0)}>
        ${Object.entries(Wn).map(([e,t])=>v`<option value=${e} ?selected=${e===this.show}>${t}</option>`)}
      </select>
    </label>`}#r({text:t,spans:n,categories:r,problem:i}){let{toUnits:a}=e(t);return v`<li>
      ${It(t,{spans:n.map(({start:e,end:t,label:n})=>({start:a(e),end:a(t),label:n})),categories:null},this.schema)} ${tt(r)}
      ${i===null?b:v`<p class="fault">${i}</p>`}
    </li>`}};function Kn({running:e,tried:t,found:n,failed:r,of:i},a){if(e)return`The language model reads ten texts: ${t} so far …`;if(i===0)return`There are no texts yet: bring some first.`;let o=t<i?`the ${t} of ${i} texts that were tried`:t===1?`your one text`:`${t} texts`;return t>0&&r===t?`It gave no answer.`:`${n===0?`Nothing is marked in ${o}.`:`Something is marked in ${n} of ${o}.`}${r===0?``:` ${r} got no answer.`}${a===0?``:` The ${a} texts set aside for the test are not shown.`}`}customElements.define(`trial-view`,Gn);var j=`api/steps/suggest`,qn=300,Jn=1e3,Yn=class extends nt{#e=null;#t=null;#n=null;#r={};#i=[];#a=null;#o=`any`;#s=0;#c=0;#l=!1;#u=null;#d=null;#f=0;#p=Promise.resolve();disconnectedCallback(){super.disconnectedCallback(),this.#c++,this.#x(),this.project.saved=this.#p.then(()=>this.#m())}async#m(){this.#l&&this.#e?.suggesting===`rules`&&(this.#l=!1,await T(`POST`,`${j}/choose`,{suggesting:`rules`}).catch(()=>this.project.refresh()))}async load(){this.#h(await w(j)),await this.#w()}#h(e){this.#e={...e,rules:this.#u??e.rules},this.#t=gt(e.schema),this.#a=e.suggesting,this.#i=e.proposals,this.requestUpdate()}#g=(e,t)=>void this.#_(e,t);async#_(e,t){if(this.#a=e,e===`prompt`&&this.#e?.prompt===null)return this.requestUpdate();this.#x(),await this.change(async()=>{await this.#p,this.#h(await T(`POST`,`${j}/choose`,{suggesting:e,...t!==void 0&&{model:t}}))}),this.#a=this.#e?.suggesting??null,this.#s=0,await this.#w()}async#v(e){let t={address:String(e.get(`address`)).trim(),model:String(e.get(`model`)).trim()};await this.change(async()=>this.#h(await T(`POST`,`${j}/prompt`,t))),this.fault===``&&await this.#w()}async#y(){this.#u=null,await this.change(async()=>this.#h(await T(`POST`,`${j}/page-rules`))),await this.#w()}#b(e){this.#u=this.#d=e,clearTimeout(this.#f),this.#f=window.setTimeout(()=>this.#x(),qn)}#x(){clearTimeout(this.#f);let e=this.#d;this.#d=null,e!==null&&(this.#p=this.#p.then(()=>this.#S(e)))}async#S(e){try{let{faults:t,proposals:n}=await T(`POST`,`${j}/rules`,{rules:e});this.#l=!0,this.#r=t,this.#i=n,this.fault=``,await this.project.changed(),this.isConnected&&await this.#w()}catch(t){await this.#C(e,t)}this.requestUpdate()}async#C(e,t){if(t instanceof Je)return this.#d??=e,await this.project.refresh();this.fault=E(t.message),this.#u=null,this.#h(await w(j))}async again(){this.#x(),await this.#p,this.#d===null&&(this.#u=null),await this.load()}async#w(){let e=++this.#c;if(this.#e===null||this.#e.suggesting===`nothing`)return this.#E(null);try{let t=await this.#T();for(;t.running&&e===this.#c;)this.#E(t),await new Promise(e=>setTimeout(e,Jn)),e===this.#c&&(t=await this.#T());e===this.#c&&this.#E(t)}catch(t){e===this.#c&&this.#D(t)}}async#T(){return await w(`${j}/trial?show=${this.#o}&skip=${this.#s}`)}#E(e){this.#n=e,this.requestUpdate()}#D(e){this.fault=E(e.message),this.#E(null)}async#O({show:e,skip:t}){this.#o=e,this.#s=t,await this.#w()}render(){let e=(this.#t?.labels.length??0)+(this.#t?.tasks.length??0);return v`${this.faultView()} ${pn(this.#e,this.#a,e,this.#g)} ${this.#k()}`}#k(){if(this.#e===null||this.#t===null||this.#a===`nothing`)return b;let e=this.#e.suggesting===this.#a;return v`<div class="sides">
      <div>${this.#A(this.#e,this.#t)}</div>
      ${e?this.#M(this.#t):b}
    </div>`}#A(e,t){return this.#a===`model`?mn(e,this.#g):this.#a===`prompt`?gn(e,this.busy,e=>void this.#v(e)):e.by_hand?hn(e,()=>void this.#y()):t.labels.length===0?_n():this.#j(e,t)}#j({rules:e},t){return v`<section class="card" aria-labelledby="rules-title">
      <h2 id="rules-title">Rules</h2>
      <p class="soft">Separate words with commas or new lines. Capitals do not matter.</p>
      <rules-form .schema=${t} .rules=${e} .proposals=${this.#i} .faults=${this.#r} .trial=${this.#n}
        @rules-changed=${e=>this.#b(e.detail)}></rules-form>
    </section>`}#M(e){return v`<trial-view .trial=${this.#n} .schema=${e} .show=${this.#o} .choosable=${this.#a!==`prompt`} .aside=${this.#e?.set_aside??0}
      @texts-wanted=${e=>void this.#O(e.detail)}></trial-view>`}};customElements.define(`suggest-step`,Yn);var Xn=4;function Zn(e){let t=Array(e.length).fill(0),n=new Map,r=[];for(let i of Qn(e)){let a=e[i],o=r.filter(t=>$n(a,e[t])),s=Math.max(0,...o.map(e=>t[e]+1));for(;a.stretches.some(e=>er(n,s,e));)s++;for(let e of a.stretches)tr(n,s,e);t[i]=s,r.push(i)}return t}function Qn(e){let t=(e,t)=>e.end-e.start-(t.end-t.start)||t.depth-e.depth||e.start-t.start;return e.map((e,t)=>t).sort((n,r)=>t(e[n],e[r]))}function $n(e,t){return e.start<=t.start&&t.end<=e.end}function er(e,t,{row:n,left:r,right:i}){return e.get(`${t} ${n}`)?.some(e=>r<e.right+Xn&&e.left<i+Xn)??!1}function tr(e,t,n){let r=`${t} ${n.row}`;e.set(r,[...e.get(r)??[],n])}var nr=1.5,rr=4;function ir(e,{start:t,end:n},r){let i=document.createRange();i.setStart(e,Math.min(t,e.length)),i.setEnd(e,Math.min(n,e.length));let a=[...i.getClientRects()];return or((a.some(({width:e})=>e>=1)?a.filter(({width:e})=>e>=1):a.slice(0,1)).map(e=>ar(e,r)))}function ar(e,{top:t,left:n,line:r,width:i}){let a=Math.min(Math.max(0,e.left-n),i-rr),o=Math.min(Math.max(e.right-n,a+rr),i);return{row:Math.floor((e.top+e.height/2-t)/r),left:a,right:o}}function or(e){return[...e].sort((e,t)=>e.row-t.row||e.left-t.left).reduce((e,t)=>{let n=e.at(-1);return n===void 0||n.row!==t.row||t.left>n.right+nr?[...e,t]:[...e.slice(0,-1),{...n,right:Math.max(n.right,t.right)}]},[])}function sr(e,t,n){let r=cr(e,t,n);return r!==null&&r.node===e?Math.min(r.offset,e.length):null}function cr(e,t,n){let r=document.caretPositionFromPoint?.(t,n,{shadowRoots:lr(e)});if(r)return{node:r.offsetNode,offset:r.offset};let i=document.caretRangeFromPoint?.(t,n);return i?{node:i.startContainer,offset:i.startOffset}:null}function lr(e){let t=[];for(let n=e.getRootNode();n instanceof ShadowRoot;n=n.host.getRootNode())t.push(n);return t}var ur=/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u,dr=/\p{L}/u,fr=` ?`,pr=class{node=document.createTextNode(``);#e;#t=yr(`marks`);#n=yr(`selected`);#r=new Map;#i=new Map;#a=new Map;#o=e(``);#s=null;#c=0;#l=``;constructor(e){this.#e=e,e.replaceChildren(this.node,this.#n,this.#t)}setText(t){this.node.data!==t&&(this.node.data=t,this.#o=e(t),this.#t.replaceChildren(),this.#r.clear(),this.#i.clear())}forget(){this.#i.clear(),this.#a.clear()}hasChanged(){let e=this.#u();return e!==this.#l&&(this.#l=e,!0)}draw(e,t){this.#i.size===0&&this.#d(),this.#s=null;let n=e.map(e=>this.#h(e)),r=t===null?[]:this.#p(t).pieces,i=Zn(n.map(({mark:e,shape:t,name:n})=>({...e,stretches:mr(t,n)})));this.#g(i.reduce((e,t)=>Math.max(e,t+1),0));let a=n.map((e,t)=>this.#_(e,i[t]));for(let[e,{element:t}]of this.#r)a.includes(e)||(t.remove(),this.#r.delete(e));this.#y(r)}#u(){let{fontFamily:e,fontSize:t,fontWeight:n,letterSpacing:r}=getComputedStyle(this.#e);return[this.#e.clientWidth,e,t,n,r].join(`|`)}#d(){this.#l=this.#u();let e=document.createRange();e.selectNodeContents(this.node);let t=Number.parseFloat(getComputedStyle(this.#e).fontSize),n=e.getClientRects()[0]?.height||t*1.25;this.#e.style.setProperty(`--letters`,`${Math.ceil(n)}px`)}#f(){let e=this.#t.getBoundingClientRect(),t=getComputedStyle(this.#e),n=Number.parseFloat(t.lineHeight),r=Number.parseFloat(t.getPropertyValue(`--letters`));return{left:e.left,top:e.top-(n-r)/2,line:n,width:e.width}}#p(e){let t=`${e.start} ${e.end}`,n=this.#i.get(t);if(n!==void 0)return n;let r=[...this.node.data.slice(e.start,e.end)].find(e=>dr.test(e)),i=r===void 0?getComputedStyle(this.#e).direction===`rtl`:ur.test(r);this.#s??=this.#f();let a={pieces:ir(this.node,e,this.#s),isRtl:i};return this.#i.set(t,a),a}#m(e){let t=this.#a.get(e);if(t!==void 0)return t;let n=this.#t.appendChild(br(`span`,`mark tried`));n.appendChild(br(`span`,`name`)).dataset.name=e;let r=Math.ceil(n.getBoundingClientRect().width)+2;return n.remove(),this.#a.set(e,r),r}#h(e){let t=this.#p(e),n=this.#t.clientWidth,r=Math.min(this.#m(vr(e)),n),i=hr(t),a=t.isRtl?i.right-r:i.left,o=Math.max(0,Math.min(a,n-r));return{mark:e,shape:t,name:{row:i.row,left:o,right:o+r}}}#g(e){e!==this.#c&&(this.#c=e,this.#e.style.setProperty(`--lanes`,String(e)))}#_(e,t){let{mark:n}=e,r=`${n.start} ${n.end} ${n.label}`,i=JSON.stringify([e,t]),a=this.#r.get(r);if(a?.drawn===i)return r;let o=a?.element??this.#t.appendChild(document.createElement(`span`));return this.#r.set(r,{element:o,drawn:i}),this.#v(o,e,t),r}#v(e,{mark:t,shape:n,name:r},i){let a=hr(n);e.className=`mark${t.chosen?` chosen`:``}${n.isRtl?` rtl`:``}`,e.dataset.start=String(this.#o.toPoints(t.start)),e.dataset.end=String(this.#o.toPoints(t.end)),e.dataset.label=t.label,t.proposed?e.dataset.suggested=``:delete e.dataset.suggested;let o=Math.min(a.left,r.left),s=Math.max(a.right,r.right);xr(e,{"--colour":t.colour,"--row":a.row,"--lane":i,left:M(o),width:M(s-o)}),e.replaceChildren(...n.pieces.map(e=>gr(e,n,a,o)),_r(t,r,o))}#y(e){this.#n.replaceChildren(...e.map(({row:e,left:t,right:n})=>{let r=br(`span`,`piece`);return xr(r,{"--row":e,left:M(t),width:M(n-t)}),r}))}};function mr({pieces:e},t){return[...e,t]}function hr({pieces:e,isRtl:t}){let[n]=e;if(n===void 0)return{row:0,left:0,right:4};let r=e.filter(e=>e.row===n.row);return t?r.at(-1):n}function gr(e,{pieces:t,isRtl:n},r,i){let a=br(`span`,`line`),o=t.at(-1),s=e.row===r.row,c=e.row===o.row;return a.classList.toggle(`open-left`,n?!c:!s),a.classList.toggle(`open-right`,n?!s:!c),xr(a,{"--down":e.row-r.row,left:M(e.left-i),width:M(e.right-e.left)}),a}function _r(e,t,n){let r=br(`span`,`name`);return r.dataset.name=vr(e),xr(r,{left:M(t.left-n),width:M(t.right-t.left)}),r}function vr({label:e,proposed:t}){return t?e+fr:e}function yr(e){let t=br(`span`,e);return t.setAttribute(`aria-hidden`,`true`),t}function br(e,t){let n=document.createElement(e);return n.className=t,n}function M(e){return`${Math.round(e*10)/10}px`}function xr(e,t){for(let[n,r]of Object.entries(t))e.style.setProperty(n,String(r))}function Sr(e){return[...e].sort((e,t)=>e.start-t.start||t.end-e.end||Cr(e.label,t.label))}function Cr(e,t){let[n,r]=[[...e],[...t]],i=n.findIndex((e,t)=>e!==r[t]);return i<0?n.length-r.length:(n[i]?.codePointAt(0)??-1)-(r[i]?.codePointAt(0)??-1)}var wr={spans:[],categories:[],proposed:{spans:[],categories:[]},note:``,flagged:!1};function N(e,t){return Tr(e,t)&&e.label===t.label}function Tr(e,t){return e.start===t.start&&e.end===t.end}function P(e,t){return e.task===t.task&&e.label===t.label}function Er(e,t){return e===t||JSON.stringify(F(e))===JSON.stringify(F(t))}function F(e){let t=Dr(e.spans),n=Or(e.categories);return{spans:t,categories:n,proposed:{spans:Dr(e.proposed.spans).filter(e=>!t.some(t=>N(t,e))),categories:Or(e.proposed.categories).filter(e=>!n.some(t=>P(t,e)))},note:e.note,flagged:e.flagged}}function Dr(e){let t=Sr(e.map(({start:e,end:t,label:n})=>({start:e,end:t,label:n})));return t.filter((e,n)=>n===0||!N(t[n-1],e))}function Or(e){let t=e.map(({task:e,label:t})=>({task:e,label:t}));return t.filter((e,n)=>t.findIndex(t=>P(t,e))===n)}function kr(e){let t=e.spans.map(e=>({...e,proposed:!1})),n=e.proposed.spans.map(e=>({...e,proposed:!0}));return Sr([...t,...n])}function Ar({proposed:e}){return e.spans.length+e.categories.length}function jr(e,{start:t,end:n},r){let i={start:t,end:n,label:r};return e.spans.some(e=>N(e,i))?Nr(e,i):Mr(e,i)}function Mr(e,t){return F({...e,spans:[...e.spans,t]})}function Nr(e,t){return Fr(e,e=>N(e,t))}function Pr(e,t){return Fr(e,e=>Tr(e,t))}function Fr(e,t){let n=e=>!t(e);return{...e,spans:e.spans.filter(n),proposed:{...e.proposed,spans:e.proposed.spans.filter(n)}}}function Ir(e,t,n){let r=e=>N(e,t)?{...e,start:n.start,end:n.end}:e;return F({...e,spans:e.spans.map(r),proposed:{...e.proposed,spans:e.proposed.spans.map(r)}})}function Lr(e,t,n,r){let i=kr(e);if(i.length===0)return null;let a=t===null?-1:i.findIndex(e=>N(e,t));return i[((a>=0?a+r:Rr(i,n,r))+i.length)%i.length]??null}function Rr(e,t,n){if(t===null)return n===1?0:-1;let r=e.findIndex(e=>e.start>=t.start);return n===1?Math.max(r,0):r<0?-1:r-1}function zr(e,t,{task:n,label:r}){let i={task:n,label:r},a=e=>!P(e,i);if(!e.categories.every(a))return{...e,categories:e.categories.filter(a)};let o=e=>a(e)&&(e.task!==n||Br(t,n));return{...e,categories:[...e.categories.filter(o),i],proposed:{...e.proposed,categories:e.proposed.categories.filter(o)}}}function Br(e,t){return e.tasks.find(({name:e})=>e===t)?.multiple??e.open}function Vr(e,t){let n=e.proposed.categories.reduce((e,n)=>!Br(t,n.task)&&e.some(({task:e})=>e===n.task)?e:[...e,n],e.categories);return F({...e,spans:[...e.spans,...e.proposed.spans],categories:n,proposed:wr.proposed})}function Hr(e){return{...e,proposed:wr.proposed}}function Ur(e){return{states:[F(e)],at:0}}function Wr({states:e,at:t}){return e[t]??e[0]}function Gr(e,t){if(Er(Wr(e),t))return e;let[n,...r]=e.states.slice(0,e.at+1);return{states:[n,...r,F(t)],at:e.at+1}}function Kr({at:e}){return e>0}function qr({states:e,at:t}){return t<e.length-1}function Jr(e){return Kr(e)?{...e,at:e.at-1}:e}function Yr(e){return qr(e)?{...e,at:e.at+1}:e}function Xr(e,t){return t.reduce(Zr,Ur(e))}function Zr(e,{kind:t,state:n}){return Gr(t===`undo`?Jr(e):t===`redo`?Yr(e):e,n)}var Qr=/^(mod|ctrl|control|cmd|meta|alt|option|shift)\+(?=.)/i,$r={" ":`Space`,right:`ArrowRight`,left:`ArrowLeft`,up:`ArrowUp`,down:`ArrowDown`,return:`Enter`,esc:`Escape`,del:`Delete`},ei=[...`Space ArrowRight ArrowLeft ArrowUp ArrowDown Enter Escape Delete Backspace Tab Insert Home End PageUp PageDown`.split(` `),...Array.from({length:12},(e,t)=>`F${t+1}`)],ti={Period:`.`,Comma:`,`};function ni(e){let t=new Set,n=e;for(let e=Qr.exec(n);e!==null;e=Qr.exec(n))t.add(ri(e[1])),n=n.slice(e[0].length);let r=ii(n);return r===null?null:ai(t.has(`Mod`),t.has(`Alt`),t.has(`Shift`),r)}function ri(e){let t=e.toLowerCase();return t===`shift`?`Shift`:t===`alt`||t===`option`?`Alt`:`Mod`}function ii(e){if(e===` `||e.trim()!==``){let t=$r[e.toLowerCase()]??e;return[...t].length===1?t.toLowerCase():ei.find(e=>e.toLowerCase()===t.toLowerCase())??null}return null}function ai(e,t,n,r){return`${e?`Mod+`:``}${t?`Alt+`:``}${n?`Shift+`:``}${r}`}function oi(e){let{key:t,isComposing:n}=e;if(n===!0||t===`Dead`||t===`Process`||t===`Unidentified`)return[];let r=e.getModifierState?.(`AltGraph`)??!1,i=(e.ctrlKey||e.metaKey)&&!r,a=e.altKey&&!r,o=(e,t)=>ai(i,a,e,t);return t===` `?[o(e.shiftKey,`Space`)]:[...t].length>1?[o(e.shiftKey,t)]:[...si(e,i,o),...ci(e,o)]}function si({key:e,code:t,shiftKey:n},r,i){let a=e.toLowerCase();return n?a===e.toUpperCase()?e===ti[t]?[i(!0,e)]:[i(!1,e),i(!0,e)]:r?[i(!0,a)]:[i(!0,a),i(!1,a)]:[i(!1,a)]}function ci({key:e,code:t,shiftKey:n},r){let i=/[^\p{ASCII}]/u.test(e),a=/^(?:Key([A-Z])|Digit(\d))$/.exec(t);if(i&&a!==null)return[r(n,(a[1]??a[2]??``).toLowerCase())];let o=ti[t];return n&&o!==void 0&&!/\p{L}/u.test(e)?[r(!0,o)]:[]}var li={ArrowRight:`→`,ArrowLeft:`←`,ArrowDown:`↓`,ArrowUp:`↑`};function ui(e,{mac:t=!1}={}){let n=e.replace(/^(?:(?:Mod|Alt|Shift)\+(?=.))*/,``),r=e.slice(0,e.length-n.length).split(`+`).filter(e=>e!==``),i=r.map(e=>e===`Mod`?t?`⌘`:`Ctrl`:e),a=li[n]??(r.length>0?n.toUpperCase():n);return[...i,[...n].length>1?li[n]??n:a].join(` `)}function di(e){return oi(e)[0]??null}var fi=class extends Error{name=`KeymapError`},pi={next:{keys:[`ArrowRight`],does:`select the next word`},previous:{keys:[`ArrowLeft`],does:`select the previous word`},extend:{keys:[`Shift+ArrowRight`],does:`extend the selection at its end by a word`},shrink:{keys:[`Shift+ArrowLeft`],does:`shrink the selection at its end by a word`},endRight:{keys:[`.`],does:`move the selection's end right by a character`},endLeft:{keys:[`,`],does:`move the selection's end left by a character`},startRight:{keys:[`Shift+.`,`>`],does:`move the selection's start right by a character`},startLeft:{keys:[`Shift+,`,`<`],does:`move the selection's start left by a character`},down:{keys:[`ArrowDown`],does:`choose the next marked part`},up:{keys:[`ArrowUp`],does:`choose the marked part before`},remove:{keys:[`Delete`,`Backspace`],does:`remove the chosen marked part`},undo:{keys:[`Mod+z`],does:`undo`},redo:{keys:[`Mod+Shift+z`,`Mod+y`],does:`redo`},accept:{keys:[`Enter`],does:`accept, what is proposed included, and go on`},back:{keys:[`Shift+Enter`],does:`go back to the text before`},skip:{keys:[`Space`],does:`skip the text`},help:{keys:[`?`],does:`show the keys`}};Object.fromEntries(Object.entries(pi).map(([e,{keys:t}])=>[e,t]));var mi=[...`abcdefghijklmnopqrstuvwxyz`],hi=[...`1234567890`],gi=/^\d$/;function I(e,t={}){ji(e,t);let n=new Map,r=yi(t,n);Ci(e,t,n);let i=Ti(e).length>0,a=wi(e,t.labels??{},n,e=>n.has(e)||i&&gi.test(e)),o=Ei(e,t.categories??{},n),{codes:s,digits:c}=Oi(e,o,n);return ki(t,n,c),{actions:n,commands:r,labels:a,categories:Ti(e).map(e=>({...e,key:s.get(Ai(e))??o.get(Ai(e))??``})),digits:c}}function _i({categories:e},t){let n=e.find(({key:e})=>e===t);return n&&{task:n.task,label:n.label}}function vi(e){let t=[...e.commands].map(([e,t])=>({keys:t,does:pi[e].does})),n=[...e.labels].map(([e,t])=>({keys:[t],does:`${e}: put it on the selection, or take it off`})),r=e.categories.map(({task:e,label:t,key:n})=>({keys:[n],does:`${e}: ${t}`}));return[...t,...n,...r].filter(({keys:e})=>e.some(e=>e!==``))}function yi(e,t){let n=new Map;for(let r of Object.keys(pi)){let i=e[r]??pi[r].keys,a=(typeof i==`string`?[i]:i).map(e=>Si(r,e));for(let e of a)bi(t,e,{kind:`command`,command:r});n.set(r,a)}return n}function bi(e,t,n){let r=e.get(t);if(r!==void 0&&JSON.stringify(r)!==JSON.stringify(n))throw new fi(`the key ${t} stands for two things: ${xi(r)} and ${xi(n)}`);e.set(t,n)}function xi(e){return e.kind===`command`?e.command:e.kind===`label`?`the label ${e.label}`:`${e.category.task}: ${e.category.label}`}function Si(e,t){let n=typeof t==`string`?ni(t):null;if(n===null)throw new fi(`${e}: ${JSON.stringify(t)} is no key. Keys are written like "x", "Space", "Shift+ArrowRight", "Mod+z"`);if(/(^|\+)Tab$/.test(n))throw new fi(`${e}: Tab belongs to the browser, so that nobody is kept in the text`);return n}function Ci(e,t,n){for(let[e,r]of Object.entries(t.labels??{}))bi(n,Si(`the label ${e}`,r),{kind:`label`,label:e});for(let r of Ti(e)){let e=t.categories?.[r.task]?.[r.label];e!==void 0&&bi(n,Si(`${r.task}: ${r.label}`,e),{kind:`category`,category:r})}}function wi(e,t,n,r){let i=new Map,a=(e,t)=>{i.has(e)||t==null||r(t)||(n.set(t,{kind:`label`,label:e}),i.set(e,t))};for(let{name:n}of e.labels)t[n]!==void 0&&i.set(n,Si(n,t[n]));for(let{name:t,key:n}of e.labels)a(t,n===void 0?null:ni(n));for(let{name:t}of e.labels)a(t,[...[...t.toLowerCase()].filter(e=>mi.includes(e)),...mi].find(e=>!r(e)));return i}function Ti(e){return e.tasks.flatMap(({name:e,labels:t})=>t.map(t=>({task:e,label:t.name})))}function Ei(e,t,n){let r=new Map;for(let i of Ti(e)){let a=t[i.task]?.[i.label],o=ni(a??Di(e,i)??``);o===null||a===void 0&&n.has(o)||(n.set(o,{kind:`category`,category:i}),r.set(Ai(i),o))}return r}function Di(e,{task:t,label:n}){return e.tasks.find(({name:e})=>e===t)?.labels.find(({name:e})=>e===n)?.key}function Oi(e,t,n){let r=Ti(e).map(Ai),i=hi.filter(e=>!n.has(e)),a=r.filter(e=>!t.has(e));if(a.length<=i.length)return{codes:new Map(a.map((e,t)=>[e,i[t]])),digits:1};let o=r.filter(e=>gi.test(t.get(e)??`0`)),s=Math.max(2,String(o.length).length);return{codes:new Map(o.map((e,t)=>[e,String(t+1).padStart(s,`0`)])),digits:s}}function ki(e,t,n){if(n!==1)for(let r of hi){let i=t.get(r);if(i===void 0)continue;let{kind:a}=i;if(a!==`category`||e.categories?.[i.category.task]?.[i.category.label]!==void 0)throw new fi(`the key ${r} stands for two things: ${xi(i)}, and categories of ${n} digits`);t.delete(r)}}function Ai({task:e,label:t}){return JSON.stringify([e,t])}function ji(e,t){let n=[...Object.keys(pi),`labels`,`categories`];Mi(`command`,Object.keys(t),n),e.open||Mi(`label`,Object.keys(t.labels??{}),e.labels.map(({name:e})=>e));for(let[n,r]of Object.entries(t.categories??{}))Mi(`task`,[n],e.tasks.map(({name:e})=>e)),Mi(`label of task ${n}`,Object.keys(r),e.tasks.find(({name:e})=>e===n)?.labels.map(({name:e})=>e)??[])}function Mi(e,t,n){let r=t.find(e=>!n.includes(e));if(r!==void 0)throw new fi(`the keymap names the unknown ${e} ${JSON.stringify(r)}. Known: ${n.join(`, `)||`none`}`)}function Ni({words:e}){return e[0]??null}function Pi({words:e},t){return(t===null?e[0]:e.find(({start:e})=>e>=t.end))??e.at(-1)??null}function Fi({words:e},t){return(t===null?e[0]:e.findLast(({end:e})=>e<=t.start))??e[0]??null}function Ii(e,t){if(t===null)return Ni(e);let n=e.words.find(({end:e})=>e>t.end);return n===void 0?t:{start:t.start,end:n.end}}function Li(e,t){if(t===null)return Ni(e);let n=e.words.findLast(({end:e})=>e<t.end);return n===void 0||n.end<=t.start?t:{start:t.start,end:n.end}}function Ri({edges:e},t,n){if(t===null)return Bi(e);let r=Vi(e,t.end,n);return r===void 0||r<=t.start?t:{start:t.start,end:r}}function zi({edges:e},t,n){if(t===null)return Bi(e);let r=Vi(e,t.start,n);return r===void 0||r>=t.end?t:{start:r,end:t.end}}function Bi([e,t]){return e===void 0||t===void 0||t===e?null:{start:e,end:t}}function Vi(e,t,n){return n===1?e.find(e=>e>t):e.findLast(e=>e<t)}function Hi(e,t,n){let[r,i]=[Math.min(t,n),Math.max(t,n)],a=e.words.filter(({start:e,end:t})=>r===i?e<=r&&r<t:e<i&&r<t),[o,s]=[a[0],a.at(-1)];return o!==void 0&&s!==void 0?{start:o.start,end:s.end}:r===i?Ui(e,r):Wi(e,r,i)}function Ui({words:e},t){let n=({start:e,end:n})=>Math.max(e-t,t-n,0);return e.reduce((e,t)=>e===null||n(t)<n(e)?t:e,null)}function Wi(e,t,n){let[r,i]=[Math.min(t,n),Math.max(t,n)],a=e.edges.findLast(e=>e<=r)??0,o=e.edges.find(e=>e>=i&&e>a)??e.length;return a<o?{start:a,end:o}:Ui(e,r)}function Gi(e,t){return e===null||t===null?t??e:{start:Math.min(e.start,t.start),end:Math.max(e.end,t.end)}}var Ki=class{#e;#t;#n;#r=null;#i=!1;constructor(e,t,n){this.#e=e,this.#t=t,this.#n=n,t.addEventListener(`pointerdown`,e=>this.#o(e)),t.addEventListener(`pointermove`,e=>this.#s(e)),t.addEventListener(`pointerup`,()=>this.#r=null),t.addEventListener(`pointercancel`,()=>this.#r=null),t.addEventListener(`mousedown`,e=>this.#a(e)),t.addEventListener(`click`,e=>this.#l(e))}#a(e){this.#e.readOnly||e.button!==0||(e.preventDefault(),this.#e.focusText())}#o(e){if(this.#i=e.pointerType===`touch`,this.#e.readOnly||this.#i||e.button!==0||this.#u(e))return;let t=sr(this.#n,e.clientX,e.clientY);t!==null&&(document.getSelection()?.removeAllRanges(),this.#t.setPointerCapture(e.pointerId),this.#r={from:t,kept:e.shiftKey||this.#e.extending?this.#e.selection:null},this.#c(t,e.altKey))}#s(e){if(this.#r===null)return;let t=sr(this.#n,e.clientX,e.clientY);t!==null&&this.#c(t,e.altKey)}#c(e,t){let{ruler:n}=this.#e,{from:r,kept:i}=this.#r,a=t&&r!==e?Wi(n,r,e):Hi(n,r,e);this.#e.select(Gi(i,a))}#l(e){if(this.#e.readOnly||!this.#i||this.#u(e))return;let t=sr(this.#n,e.clientX,e.clientY);if(t===null)return;let n=Hi(this.#e.ruler,t,t);this.#e.select(this.#e.extending?Gi(this.#e.selection,n):n)}#u(t){let n=t.target instanceof Element?t.target.closest(`[data-start]`):null;if(n===null)return!1;let{toPoints:r}=e(this.#e.text),{start:i,end:a,label:o}=n.dataset,s=kr(this.#e.state).find(e=>String(r(e.start))===i&&String(r(e.end))===a&&e.label===o);return s!==void 0&&(this.#e.choose(s),!0)}},qi=48;function L(e){let t=[...e];if(t.length<=qi)return`“${e}”`;let n=qi/2-1;return`“${t.slice(0,n).join(``)}…${t.slice(-23).join(``)}”`}var Ji=new Intl.Segmenter(`en`,{granularity:`word`}),Yi=new Intl.Segmenter(`en`,{granularity:`grapheme`}),Xi=/^\p{Sc}$/u,Zi=/^\p{Nd}/u,Qi=/^[+#%]$/,$i=/\p{So}/u;function ea(e){let t=Array.from(Yi.segment(e),({index:e})=>e);return{length:e.length,words:ta(e),edges:[...t,e.length]}}function ta(e){let t=[...Ji.segment(e)],n=t.flatMap(({segment:e,isWordLike:n},r)=>n===!0?[na(t,ra(t,r),ia(t,r))]:$i.test(e)?[na(t,r,r)]:[]);return n.length>0?n:aa(e)}function na(e,t,n){let r=e[n];return{start:e[t].index,end:r.index+r.segment.length}}function ra(e,t){let n=e[t-1]?.segment??``;return Xi.test(n)&&Zi.test(e[t].segment)?t-1:t}function ia(e,t){let n=t;for(;Qi.test(e[n+1]?.segment??``);)n++;return n}function aa(e){return Array.from(e.matchAll(/\S+/gu),({index:e,0:t})=>({start:e,end:e+t.length}))}var oa=/^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;function R(e,t){return{label:e,get state(){return t()}}}function sa(e,{start:t,end:n}){let r=e.slice(t,n),i=r.replace(oa,``),a=i===``?t:t+r.indexOf(i);return{start:a,end:a+i.length}}function ca({text:e,state:t},n){return R(`Remove ${n.label} from ${L(e.slice(n.start,n.end))}`,()=>Nr(t,n))}function la({state:e},t){let n=e=>!P(e,t),r={...e.proposed,categories:e.proposed.categories.filter(n)};return{label:`Remove ${t.task}: ${t.label}`,state:{...e,categories:e.categories.filter(n),proposed:r}}}function ua(e,t){let n=sa(e.text,t);return n.start>=n.end?ca(e,t):R(`Cut the white space off`,()=>Ir(e.state,t,n))}function da(e,t,n){let r=fa(e,t,n);return R(`Add ${n} on ${Tr(r,t)?`the same words`:L(e.text.slice(r.start,r.end))}`,()=>Mr(e.state,{...r,label:n}))}function fa({text:e,schema:t,spans:n},r,i){let a=t.labels.filter(({name:e,parent:t})=>t===r.label&&e!==i).map(({name:e})=>e),o=va(e,r),{start:s}=r;for(;;){let e=n.find(e=>a.includes(e.label)&&e.start===s&&e.end<r.end),t=e&&o.find(t=>t.start>=e.end);if(t===void 0)return{start:s,end:r.end};s=t.start}}function pa({text:e,state:t},n){let r=n.reduce((e,t)=>ya(t)>ya(e)?t:e),i=n.filter(e=>!N(e,r));return R(`Keep only ${r.label} ${L(e.slice(r.start,r.end))}`,()=>i.reduce(Nr,t))}function ma(e,t,n){return pa(e,[t,n])}function ha({text:e,state:t,spans:n},r,i){let a=n.find(e=>e.label===i&&e.start<r.end&&r.start<e.end);if(a===void 0)return R(`Add ${i} on the same words`,()=>Mr(t,{start:r.start,end:r.end,label:i}));let o={start:Math.min(a.start,r.start),end:Math.max(a.end,r.end)};return R(`Widen ${i} to ${L(e.slice(o.start,o.end))}`,()=>Ir(t,a,o))}function ga({text:e,state:t},n,r){let[i,a]=ya(r)<=ya(n)?[r,n]:[n,r],o={start:Math.max(n.start,r.start),end:Math.min(n.end,r.end)},s=i.start<a.start?{start:i.start,end:a.start}:{start:a.end,end:i.end},c=_a(e,ya(s)>ya(o)?s:o);return R(`Cut ${i.label} to ${L(e.slice(c.start,c.end))}`,()=>Ir(t,i,c))}function _a(e,t){let n=va(e,t),[r,i]=[n[0],n.at(-1)];return r===void 0||i===void 0?t:{start:r.start,end:i.end}}function va(e,{start:t,end:n}){return ta(e.slice(t,n)).map(e=>({start:e.start+t,end:e.end+t}))}function ya({start:e,end:t}){return t-e}function ba(e,t,n){let r=Vr(n,t),i={text:e,schema:t,state:n,spans:r.spans};return[...r.spans.flatMap(e=>xa(i,e)),...r.categories.flatMap(e=>Sa(i,e)),...t.rules.flatMap(e=>Aa[e.kind]?.(i,e)??[])]}function xa(t,n){let{text:r,schema:i}=t;if(!(0<=n.start&&n.start<n.end&&n.end<=r.length)){let{toPoints:i}=e(r);return[{kind:`offset`,message:`${`${n.label} [${i(n.start)}, ${i(n.end)})`} does not fit in the text of ${i(r.length)} code points`,repair:ca(t,n)}]}let a=[];if(!i.open&&!i.labels.some(({name:e})=>e===n.label)){let e=`unknown label ${n.label}. Known labels: ${i.labels.map(({name:e})=>e).join(`, `)}`;a.push({kind:`label`,message:e,repair:ca(t,n)})}if(!Tr(sa(r,n),n)){let e=`${n.label} ${z(t,n)} begins or ends with white space`;a.push({kind:`edge`,message:e,repair:ua(t,n)})}return a}function Sa(e,{task:t,label:n}){let{schema:r}=e;if(r.open)return[];let i=r.tasks.find(({name:e})=>e===t),a=la(e,{task:t,label:n});return i===void 0?[{kind:`task`,message:`unknown task ${t}. Known tasks: ${r.tasks.map(({name:e})=>e).join(`, `)||`none`}`,repair:a}]:i.labels.some(({name:e})=>e===n)?[]:[{kind:`label`,message:`unknown label ${n} of task ${t}. Known labels: ${i.labels.map(({name:e})=>e).join(`, `)}`,repair:a}]}function Ca(e,t){return e.start<=t.start&&t.end<=e.end}function wa(e,t){return e.start<t.end&&t.start<e.end}function Ta(e,t){return e.filter(e=>e.label===t)}function Ea(e,{outer:t=``,inner:n=``}){return Ta(e.spans,t).flatMap(r=>{let i=Ta(e.spans,n).filter(e=>Ca(r,e));if(i.length===1)return[];let a=`${t} ${z(e,r)} holds ${i.length||`no`} ${n}, not one`,o=i.length===0?da(e,r,n):pa(e,i);return[{kind:`exactly_one_inside`,message:a.replace(/(holds no .*), not one$/,`$1`),repair:o}]})}function Da(e,{outer:t=``,inner:n=``}){let r=Ta(e.spans,t);return Ta(e.spans,n).filter(e=>!r.some(t=>Ca(t,e))).map(r=>({kind:`inside`,message:`${n} ${z(e,r)} lies in no ${t}`,repair:ha(e,r,t)}))}function Oa(e,{label:t=``}){let n=Ta(e.spans,t).sort((e,t)=>e.start-t.start||e.end-t.end);return n.slice(1).flatMap((r,i)=>{let a=n[i];return wa(a,r)?[{kind:`no_overlap`,message:`two ${t} overlap: ${z(e,a)}, ${z(e,r)}`,repair:ma(e,a,r)}]:[]})}function ka(e){return e.spans.flatMap((t,n)=>e.spans.slice(n+1).filter(e=>wa(t,e)&&!Ca(t,e)&&!Ca(e,t)).map(n=>({kind:`no_crossing`,message:`${t.label} ${z(e,t)} and ${n.label} ${z(e,n)} cross`,repair:ga(e,t,n)})))}var Aa={exactly_one_inside:Ea,inside:Da,no_overlap:Oa,no_crossing:ka};function z({text:e},{start:t,end:n}){return L(e.slice(t,n))}var ja=`
span-annotator {
  --paper: var(--annotator-paper, light-dark(#ffffff, #1c2025));
  --ground: var(--annotator-ground, light-dark(#f6f5f2, #14171b));
  --ink: var(--annotator-ink, light-dark(#1d2126, #eceef0));
  --soft: var(--annotator-ink-soft, light-dark(#565e68, #a9b1ba));
  --edge: var(--annotator-edge, light-dark(#d9d7d0, #3a4149));
  --strong-edge: var(--annotator-strong-edge, light-dark(#868d96, #79828c));
  --accent: var(--annotator-accent, light-dark(#1f5fbf, #8ab8ff));
  --chosen: var(--annotator-selection, light-dark(#dbe8fb, #263a57));
  --wrong: var(--annotator-wrong, light-dark(#a3211b, #ff9d94));
  --radius: var(--annotator-radius, 0.75rem);
  --name-size: var(--annotator-name-size, 0.6875rem);
  color-scheme: light dark;
  display: block;
  container: annotator / inline-size;
  color: var(--ink);
  font: var(--annotator-font, 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif);
  text-align: start;
}
span-annotator[theme="light"] { color-scheme: light; }
span-annotator[theme="dark"] { color-scheme: dark; }
span-annotator[hidden] { display: none; }
span-annotator :is(*, ::before, ::after) { box-sizing: border-box; }
span-annotator .visually-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

/* The text; no em here, since marks have a smaller font and count with the same lengths. Lines stand apart by as many lanes as are used, in whole pixels, since browsers round the height of a line;
   what is above the first line is taken back. */
span-annotator .text {
  --lane-height: round(up, calc(var(--name-size) * 1.28 + 5px), 1px);
  --line: round(up, calc(var(--letters, 1.75rem) + var(--lanes, 0) * var(--lane-height) + 0.5rem), 2px);
  --above: calc((var(--line) - var(--letters, 1.75rem)) / 2);
  --pad: var(--annotator-padding, 1.125rem);
  position: relative;
  isolation: isolate;
  min-height: 4rem;
  padding: var(--pad) var(--pad) calc(var(--pad) + var(--above) - 0.3rem);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--paper);
  font-size: var(--annotator-text-size, 1.25rem);
  line-height: var(--line);
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
  white-space: pre-wrap;
  cursor: text;
  touch-action: manipulation;
  -webkit-tap-highlight-color: transparent;
}
span-annotator .text.long { font-size: var(--annotator-long-text-size, 1.0625rem); }
span-annotator .text::before {
  content: "";
  display: block;
  margin-block-end: calc(var(--above) * -1);
}
span-annotator :is(.marks, .selected) {
  position: absolute;
  inset: var(--pad) var(--pad) auto;
  height: 0;
  direction: ltr;
  font-size: var(--name-size);
  font-weight: 500;
  line-height: 1.2;
  letter-spacing: normal;
  pointer-events: none;
  user-select: none;
  white-space: nowrap;
}
span-annotator .selected { z-index: -1; }
span-annotator .selected .piece {
  position: absolute;
  top: calc(var(--row) * var(--line) - 1px);
  height: calc(var(--letters) + 2px);
  margin-inline: -2px;
  padding-inline: 2px;
  box-sizing: content-box;
  border-radius: 4px;
  outline: 1.5px solid var(--accent);
  background: var(--chosen);
  scroll-margin: 6rem;
}
span-annotator .text.long .piece { scroll-margin-block-end: calc(45vh + 2rem); }
span-annotator .mark {
  --ink-line: light-dark(var(--colour), color-mix(in oklab, var(--colour) 55%, white));
  position: absolute;
  top: calc(var(--row) * var(--line) + var(--letters) + var(--lane) * var(--lane-height));
  height: var(--lane-height);
  cursor: pointer;
  pointer-events: auto;
  contain: layout style;
}
span-annotator .mark .line {
  position: absolute;
  top: calc(1px + var(--down) * var(--line));
  height: 5px;
  border: 0 solid var(--ink-line);
  border-width: 0 2px 2.5px;
  border-radius: 0 0 2px 2px;
  pointer-events: auto;
}
span-annotator .mark .line.open-left { border-left-width: 0; border-bottom-left-radius: 0; }
span-annotator .mark .line.open-right { border-right-width: 0; border-bottom-right-radius: 0; }
span-annotator .mark .name {
  position: absolute;
  inset-block-end: 0;
  padding-inline-start: 1px;
  overflow: hidden;
  color: var(--soft);
  text-overflow: ellipsis;
  text-transform: lowercase;
}
span-annotator .mark.rtl .name { text-align: right; }
span-annotator .mark .name::after { content: attr(data-name); }
span-annotator .mark[data-suggested] .line {
  border-bottom-style: dashed;
  border-bottom-width: 2px;
  background: repeating-linear-gradient(-45deg, color-mix(in srgb, var(--ink-line) 45%, transparent) 0 1px, transparent 1px 4px);
}
span-annotator .mark[data-suggested] .name { font-style: italic; }
span-annotator .mark.tried { width: max-content; font-style: italic; }
span-annotator .mark.tried .name { position: static; }
span-annotator .mark:hover .name { color: var(--ink); }
span-annotator .mark.chosen .line { border-bottom-width: 4px; height: 6px; }
span-annotator .mark.chosen .name { color: var(--ink); text-decoration: underline; }

/* Around the text. */
span-annotator :is(button, textarea) {
  margin: 0;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
  font-size: 0.875rem;
  letter-spacing: normal;
}
span-annotator button {
  min-height: 2.25rem;
  padding: 0.25rem 0.75rem;
  cursor: pointer;
  touch-action: manipulation;
}
span-annotator button:hover { border-color: var(--accent); }
span-annotator button[aria-disabled="true"] { border-color: transparent; color: var(--soft); opacity: 0.55; cursor: default; }
span-annotator button[aria-pressed="true"] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--chosen); }
span-annotator .quiet { border-color: transparent; background: none; color: var(--soft); }
span-annotator .text:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
span-annotator :is(button, textarea):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
span-annotator kbd {
  display: inline-grid;
  place-items: center;
  min-width: 1.375rem;
  height: 1.375rem;
  padding: 0 0.25rem;
  border: 1px solid var(--strong-edge);
  border-block-end-width: 2px;
  border-radius: 0.3125rem;
  background: var(--ground);
  color: var(--ink);
  font: 600 0.75rem/1 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
}
span-annotator .fault { margin: 0 0 0.75rem; color: var(--wrong); font-size: 0.875rem; }
span-annotator :is(.tools, .tools .buttons, .suggestions) {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem;
}
span-annotator .tools { justify-content: space-between; min-height: 2.25rem; margin-block-start: 0.625rem; }
span-annotator .tools .buttons { gap: 0.25rem; }
span-annotator .tool { display: inline-flex; align-items: center; gap: 0.375rem; padding-inline: 0.5rem; border-color: transparent; background: none; }
span-annotator .tool svg { width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
span-annotator .suggestions { margin: 0; color: var(--soft); font-size: 0.875rem; }
span-annotator .suggestions .accept { border-color: var(--accent); color: var(--accent); font-weight: 600; }
span-annotator .problems { min-height: 2.25rem; margin-block-start: 0.25rem; color: var(--wrong); font-size: 0.875rem; }
span-annotator .problems :is(ul, p) { display: grid; gap: 0.25rem; margin: 0; padding: 0; list-style: none; }
span-annotator .problems li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.625rem; overflow-wrap: anywhere; }
span-annotator .problems li > span::before { content: "!"; display: inline-grid; place-items: center; width: 1.125rem; height: 1.125rem; margin-inline-end: 0.5rem; border: 1.5px solid; border-radius: 50%; font-size: 0.75rem; font-weight: 700; line-height: 1; }
span-annotator .problems button { min-height: 1.875rem; padding-block: 0.125rem; }
span-annotator .choices { margin-block-start: 0.5rem; }
span-annotator .text.long ~ .choices {
  position: sticky;
  inset-block-end: var(--annotator-bottom, 0px);
  z-index: 2;
  max-height: 45vh;
  margin-inline: -0.25rem;
  padding: 0.375rem 0.25rem;
  border-block-start: 1px solid var(--edge);
  background: var(--ground);
  overflow-y: auto;
}
span-annotator .labels { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 0.5rem; }
span-annotator .label {
  --ink-line: light-dark(var(--colour), color-mix(in oklab, var(--colour) 55%, white));
  display: grid;
  grid-template-columns: auto 1fr;
  align-items: center;
  align-content: start;
  gap: 0.125rem 0.5rem;
  padding: 0.4375rem 0.625rem 0.5rem;
  border-inline-start: 4px solid var(--ink-line);
  text-align: start;
}
span-annotator .label:hover { border-inline-start-color: var(--ink-line); }
span-annotator .label[aria-pressed="true"] { border-color: var(--ink-line); box-shadow: inset 0 0 0 1px var(--ink-line); }
span-annotator .label.proposed { border-style: dashed; border-inline-start-style: solid; }
span-annotator .label-name { font-weight: 600; overflow-wrap: anywhere; }
span-annotator .label kbd + .label-name + .meaning { grid-column: 2; }
span-annotator .label .meaning { grid-column: 1 / -1; }
span-annotator .meaning { color: var(--soft); font-size: 0.8125rem; font-weight: 400; line-height: 1.35; overflow-wrap: anywhere; }
span-annotator .bare .labels { display: flex; flex-wrap: wrap; gap: 0.375rem; }
span-annotator .bare .labels .meaning { display: none; }
span-annotator .meanings { min-height: 1.75rem; margin-block-start: 0.25rem; padding-inline: 0.375rem; font-size: 0.8125rem; }
span-annotator .meanings::before { content: "▸ "; }
span-annotator .meanings[aria-pressed="true"] { background: none; box-shadow: none; border-color: transparent; }
span-annotator .meanings[aria-pressed="true"]::before { content: "▾ "; }
span-annotator .bar { display: flex; align-items: center; gap: 0.25rem; }
span-annotator .bar .reach { display: none; }
span-annotator .task { min-width: 0; margin: 0.5rem 0 0; padding: 0; border: 0; }
span-annotator .task legend { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.625rem; margin-block-end: 0.375rem; padding: 0; font-size: 0.875rem; font-weight: 600; }
span-annotator .categories { display: flex; flex-wrap: wrap; gap: 0.375rem; }
span-annotator .category { display: inline-flex; align-items: center; gap: 0.375rem; padding-inline: 0.5rem; }
span-annotator .category.proposed { border-style: dashed; border-color: var(--strong-edge); font-style: italic; }
span-annotator .category.typed { border-color: var(--accent); }
span-annotator .note { display: grid; grid-template-columns: auto 1fr; align-items: baseline; gap: 0.625rem; margin-block-start: 0.875rem; font-size: 0.875rem; font-weight: 600; }
span-annotator .note textarea { width: 100%; min-height: 2.25rem; padding: 0.375rem 0.625rem; border-color: var(--strong-edge); font-weight: 400; line-height: 1.4; resize: vertical; field-sizing: content; }
span-annotator .note textarea::placeholder { color: var(--soft); opacity: 1; }

@media (pointer: coarse) {
  span-annotator button { min-height: 2.75rem; min-width: 2.75rem; }
  span-annotator :is(.problems button, .meanings) { min-height: 2.75rem; }
}
@container annotator (max-width: 40rem) {
  span-annotator .text { --pad: var(--annotator-padding, 0.875rem); }
  span-annotator button { min-height: 2.75rem; min-width: 2.75rem; }
  span-annotator :is(.problems button, .meanings) { min-height: 2.75rem; }
  span-annotator :is(.tools .hint, .tools .reach) { display: none; }
  span-annotator .bar .reach { display: block; }
  span-annotator .choices {
    position: sticky;
    inset-block-end: var(--annotator-bottom, 0px);
    z-index: 2;
    max-height: 45vh;
    margin-inline: -0.25rem;
    padding: 0.375rem 0.25rem;
    border-block-start: 1px solid var(--edge);
    background: var(--ground);
    overflow-y: auto;
  }
  span-annotator .labels { grid-template-columns: 1fr; gap: 0.375rem; }
  span-annotator .bare .labels { gap: 0.25rem; }
  span-annotator .bare .label { flex: 1 0 auto; grid-template-columns: auto auto; justify-content: start; align-content: center; padding: 0.25rem 0.5rem; }
  span-annotator .bare .label-name { font-size: 0.75rem; }
}
@media (forced-colors: active) {
  span-annotator .selected .piece { outline: 2px solid Highlight; }
  span-annotator button[aria-pressed="true"] { outline: 2px solid Highlight; outline-offset: -3px; }
  span-annotator .mark .line { border-color: CanvasText; }
  span-annotator .mark.chosen .line { border-color: Highlight; }
}
`,Ma=null;function Na(e){(e instanceof Document||e instanceof ShadowRoot)&&(Ma===null&&(Ma=new CSSStyleSheet,Ma.replaceSync(ja)),e.adoptedStyleSheets.includes(Ma)||(e.adoptedStyleSheets=[Ma,...e.adoptedStyleSheets]))}var Pa=bn(class extends xn{constructor(e){if(super(e),e.type!==yn.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[t]){if(this.st===void 0){this.st=new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in t)t[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(t)}let n=e.element.classList;for(let e of this.st)e in t||(n.remove(e),this.st.delete(e));for(let e in t){let r=!!t[e];r===this.st.has(e)||this.nt?.has(e)||(r?(n.add(e),this.st.add(e)):(n.remove(e),this.st.delete(e)))}return y}}),Fa=bn(class extends xn{#e=``;render(e){return y}update(e,[t]){return t!==this.#e&&e.element.style.setProperty(`--colour`,t),this.#e=t,y}}),Ia=5,La=400,Ra=`M5 6h6a3.5 3.5 0 0 1 0 7H7M5 6l3-3M5 6l3 3`,za=`M11 6H5a3.5 3.5 0 0 0 0 7h4M11 6 8 3m3 3L8 9`,Ba=`M4 14V2.5m0 .5h8l-2 3 2 3H4`,Va=`M2 5v6M14 5v6M5 8h6M9 6l2 2-2 2`;function Ha(e){return v`
    ${e.fault===``?b:v`<p class="fault" role="alert">${e.fault}</p>`}
    <div
      class=${Pa({text:!0,long:e.text.length>La})}
      role="group"
      aria-label="Text"
      dir="auto"
      tabindex=${e.readOnly?b:0}
      data-id=${e.textId}
    ></div>
    ${e.readOnly?b:Wa(e)} ${e.readOnly?b:Ua(e)}
  `}function Ua(e){return v`
    ${Xa(e)} ${Qa(e)} ${ro(e)}
    <p class="visually-hidden" role="status" aria-live="polite">${e.said}</p>
  `}function Wa(e){let{state:t}=e;return v`<div class="tools">
    <div class="buttons">
      ${Ka(e,`Undo`,Ra,()=>e.undo(),{disabled:!e.canUndo})}
      ${Ka(e,`Redo`,za,()=>e.redo(),{disabled:!e.canRedo})}
      ${e.schema.labels.length===0?b:v`<div class="reach">${Ga(e)}</div>`}
      ${Ka(e,`Flag`,Ba,()=>e.toggleFlag(),{pressed:t.flagged,title:`Flag the text, to look at it again`,name:`flag`})}
    </div>
    ${qa(e)}
  </div>`}function Ga(e){return Ka(e,`Extend`,Va,()=>e.extending=!e.extending,{pressed:e.extending,title:`Extend: the next word pressed on becomes the selection's other end`})}function Ka(e,t,n,r,i){return v`<button
    type="button"
    class=${i.name===void 0?`tool`:`tool ${i.name}`}
    title=${i.title??b}
    aria-disabled=${i.disabled===!0?`true`:b}
    aria-pressed=${i.pressed===void 0?b:String(i.pressed)}
    @mousedown=${B}
    @click=${Ja(e,r)}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">${Oe`<path d=${n}></path>`}</svg><span>${t}</span>
  </button>`}function qa(e){let t=Ar(e.state);return t===0?b:v`<p class="suggestions">
    <span>${t} proposed</span>
    <button type="button" class="accept" @mousedown=${B} @click=${()=>Ya(e,()=>e.acceptAll())}>Accept all</button>
    <button type="button" class="quiet" @mousedown=${B} @click=${()=>Ya(e,()=>e.dismissAll())}>Dismiss</button>
    <span class="hint"><kbd>${e.bindings.commands.get(`accept`)?.[0]??``}</kbd> accepts all and goes on</span>
  </p>`}function B(e){e.preventDefault()}function Ja(e,t){return({detail:n})=>{t(),n>0&&e.focusText()}}function Ya(e,t){t(),e.focusText()}function Xa(e){if(e.schema.rules.length===0&&e.problems.length===0)return b;let t=e.problems.length-Ia;return v`<div class="problems" role="status">
    <ul>
      ${e.problems.slice(0,Ia).map(({message:t,repair:n})=>Za(e,t,n))}
    </ul>
    ${t>0?v`<p>and ${t} more</p>`:b}
  </div>`}function Za(e,t,n){return v`<li>
    <span>${t}</span>
    ${n===void 0?b:v`<button type="button" @mousedown=${B} @click=${()=>e.repair(n)}>${n.label}</button>`}
  </li>`}function Qa(e){let{labels:t,tasks:n}=e.schema;return t.length===0&&n.length===0?b:v`<div class="choices">${$a(e)} ${n.map(t=>to(e,t))}</div>`}function $a(e){let{labels:t}=e.schema;if(t.length===0)return b;let n=!e.compact&&t.some(({meaning:e})=>e!==``);return v`<section class=${Pa({palette:!0,bare:!n||!e.meanings})} aria-label="Labels">
    <div class="labels">${t.map(t=>eo(e,t))}</div>
    <div class="bar">
      <div class="reach">${Ga(e)}</div>
      ${n?v`<button
            type="button"
            class="quiet meanings"
            aria-pressed=${String(e.meanings)}
            @mousedown=${B}
            @click=${Ja(e,()=>e.meanings=!e.meanings)}
          >
            Meanings
          </button>`:b}
    </div>
  </section>`}function eo(e,{name:t,meaning:n}){let{selection:r,state:i,schema:a}=e,o=r&&{...r,label:t},s=o!==null&&i.spans.some(e=>N(e,o)),c=o!==null&&i.proposed.spans.some(e=>N(e,o)),l=e.bindings.labels.get(t)??``;return v`<button
    type="button"
    class=${Pa({label:!0,proposed:c})}
    value=${t}
    aria-description=${n===``?b:n}
    aria-keyshortcuts=${l===``?b:l}
    aria-pressed=${String(s)}
    ${Fa(Ft(t,a))}
    @mousedown=${B}
    @click=${Ja(e,()=>e.putLabel(t))}
  >
    ${l===``?b:v`<kbd aria-hidden="true">${l}</kbd>`}
    <span class="label-name">${t}</span>
    ${n===``?b:v`<span class="meaning" aria-hidden="true">${n}</span>`}
  </button>`}function to(e,t){return v`<fieldset class="task">
    <legend>${t.name}${e.compact||t.meaning===``?b:v`<span class="meaning">${t.meaning}</span>`}</legend>
    <div class="categories">${t.labels.map(n=>no(e,t,n))}</div>
  </fieldset>`}function no(e,t,{name:n,meaning:r,colour:i}){let a={task:t.name,label:n},o=e.state.categories.some(e=>P(e,a)),s=e.state.proposed.categories.some(e=>P(e,a)),c=e.bindings.categories.find(e=>P(e,a))?.key??``;return v`<button
    type="button"
    class=${Pa({category:!0,proposed:s,typed:e.typed!==``&&c.startsWith(e.typed)})}
    title=${r===``?b:r}
    aria-pressed=${String(o)}
    ${Fa(i??`var(--accent)`)}
    @mousedown=${B}
    @click=${Ja(e,()=>e.putCategory(a))}
  >
    ${c===``?b:v`<kbd aria-hidden="true">${c}</kbd>`}<span>${n}</span>${s?v`<span class="asks" aria-hidden="true">?</span><span class="visually-hidden">proposed</span>`:b}
  </button>`}function ro(e){return v`<label class="note">
    <span>Note</span>
    <textarea
      rows="1"
      .value=${e.state.note}
      placeholder="What should somebody know about this text?"
      @input=${()=>e.noteTyped()}
      @change=${()=>e.noteDone()}
    ></textarea>
  </label>`}var io={name:``,labels:[],tasks:[],rules:[],open:!0},ao=`next previous extend shrink endRight endLeft startRight startLeft down up undo redo`.split(` `),oo=1e3,so=1e3,co=640,lo=class extends S{static properties={text:{},textId:{attribute:`text-id`},schema:{attribute:!1},acts:{attribute:!1},initial:{attribute:!1},keys:{attribute:!1},readOnly:{type:Boolean,attribute:`readonly`,reflect:!0},compact:{type:Boolean,reflect:!0},guideline:{},theme:{reflect:!0},history:{state:!0},selection:{state:!0},chosen:{state:!0},extending:{state:!0},meanings:{state:!0},typed:{state:!0},said:{state:!0}};ruler=ea(``);bindings=I(io);fault=``;problems=[];#e=null;#t=null;#n=0;#r=0;#i=()=>this.#l();constructor(){super(),this.text=``,this.textId=``,this.schema=io,this.acts=[],this.initial=wr,this.keys={},this.readOnly=!1,this.compact=!1,this.guideline=``,this.history=Ur(wr),this.selection=null,this.chosen=null,this.extending=!1,this.meanings=!0,this.typed=``,this.said=``}get state(){return Wr(this.history)}get canUndo(){return Kr(this.history)}get canRedo(){return qr(this.history)}focusText(){this.#a?.focus({preventScroll:!0})}undo(){this.#d(Jr(this.history),`undo`,`undone`)}redo(){this.#d(Yr(this.history),`redo`,`redone`)}acceptAll(){let e=Ar(this.state);this.change(Vr(this.state,this.schema),`accepted ${e}`)}keyHelp(){return vi(this.bindings)}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),Na(this.getRootNode()),document.fonts?.addEventListener(`loadingdone`,this.#i),this.#e!==null&&this.#c()}disconnectedCallback(){super.disconnectedCallback(),document.fonts?.removeEventListener(`loadingdone`,this.#i),this.#t?.disconnect(),clearTimeout(this.#n),this.#m()}willUpdate(e){(e.has(`schema`)||e.has(`keys`))&&this.#s(),e.has(`text`)&&(this.ruler=ea(this.text));let t=e.has(`text`)||e.has(`textId`);(t||e.has(`acts`)||e.has(`initial`))&&(this.history=Xr(this.initial,this.acts)),t&&this.#o(),(e.has(`history`)||e.has(`schema`)||t)&&(this.problems=this.readOnly?[]:ba(this.text,this.schema,this.state))}render(){return Ha(this)}firstUpdated(){let e=this.#a;e!==null&&(this.#e=new pr(e),new Ki(this,e,this.#e.node),e.addEventListener(`keydown`,e=>this.#h(e)),e.addEventListener(`copy`,e=>this.#T(e)),this.addEventListener(`keydown`,e=>this.#_(e)),this.#c(),this.clientWidth>0&&this.clientWidth<co&&(this.meanings=!1))}updated(e){if(this.#e===null)return;let t=this.querySelector(`.note textarea`);t!==null&&(e.has(`text`)||e.has(`textId`))&&(t.value=this.state.note),this.#e.setText(this.text),this.#e.draw(this.#u(),this.readOnly?null:this.selection)}get#a(){return this.querySelector(`.text`)}#o(){this.selection=Ni(this.ruler),this.chosen=null,this.typed=``,clearTimeout(this.#r),this.#r=0}#s(){try{this.bindings=I(this.schema,this.keys),this.fault=``}catch(e){if(!(e instanceof fi))throw e;this.bindings=I(this.schema),this.fault=`The keys cannot be remapped so: ${e.message}.`}}#c(){this.#t??=new ResizeObserver(()=>this.#l()),this.#a!==null&&this.#t.observe(this.#a)}#l(){this.#e?.hasChanged()===!0&&(this.#e.forget(),this.#e.draw(this.#u(),this.readOnly?null:this.selection))}#u(){return kr(this.state).filter(({start:e,end:t})=>e<t&&t<=this.text.length).map(e=>({...e,colour:Ft(e.label,this.schema),depth:uo(e.label,this.schema),chosen:this.chosen!==null&&N(this.chosen,e)}))}change(e,t){let n=Gr(this.history,e);this.readOnly||n===this.history||this.#d(n,`edit`,t)}#d(e,t,n){this.readOnly||e===this.history||(this.history=e,this.#f(),this.say(n),this.#p(`act`,{kind:t,state:this.state}))}#f(){let{chosen:e}=this;e!==null&&!kr(this.state).some(t=>N(t,e))&&(this.chosen=null)}#p(e,t){this.dispatchEvent(new CustomEvent(`annotator-${e}`,{detail:{...t,textId:this.textId},bubbles:!0,composed:!0}))}say(e){this.said=this.said===e?`${e}\u00a0`:e}select(e,t=null){if(this.selection=e,this.chosen=t,e===null)return;let n=L(this.text.slice(e.start,e.end));this.say(t===null?`selected: ${n}`:`${t.label} on ${n}`)}putLabel(e){let{selection:t}=this;if(t===null)return this.say(`select words first`);let n=jr(this.state,t,e),r=L(this.text.slice(t.start,t.end)),i=n.spans.some(n=>N(n,{...t,label:e}));this.change(n,i?`${e} on ${r}`:`${e} removed from ${r}`)}putCategory(e){let t=zr(this.state,this.schema,e),n=t.categories.some(t=>P(t,e));this.change(t,`${e.task}: ${e.label}${n?``:` removed`}`)}repair({label:e,state:t}){this.change(t,e),this.focusText()}toggleFlag(){this.change({...this.state,flagged:!this.state.flagged},this.state.flagged?`flag removed`:`flagged`)}dismissAll(){this.change(Hr(this.state),`proposals dismissed`)}noteTyped(){clearTimeout(this.#r),this.#r=window.setTimeout(()=>this.#m(),so)}noteDone(){this.#r||=1,this.#m()}#m(){clearTimeout(this.#r);let e=this.#r===0?void 0:this.querySelector(`.note textarea`)?.value;this.#r=0,e!==void 0&&this.change({...this.state,note:e},`note written`)}#h(e){if(this.readOnly||e.target!==this.#a)return;let t=oi(e),n=t.find(e=>/^\d$/.test(e)),r=this.#g(t);if(r!==void 0){if(e.preventDefault(),e.stopPropagation(),e.repeat&&!(r.kind===`command`&&ao.includes(r.command)))return;this.#v(r)}else n!==void 0&&this.bindings.categories.length>0&&(e.preventDefault(),e.stopPropagation(),e.repeat||this.#C(n))}#g(e){return e.map(e=>this.bindings.actions.get(e)).find(e=>e!==void 0)}#_(e){if(e.target instanceof HTMLTextAreaElement)return;let t=this.#g(oi(e));t?.kind!==`command`||t.command!==`undo`&&t.command!==`redo`||(e.ctrlKey||e.metaKey)&&(e.preventDefault(),this.#v(t))}#v(e){e.kind===`label`?this.putLabel(e.label):e.kind===`category`?this.putCategory(e.category):this.#y(e.command)}#y(e){let{ruler:t,selection:n}=this;({next:()=>this.select(Pi(t,n)),previous:()=>this.select(Fi(t,n)),extend:()=>this.select(Ii(t,n)),shrink:()=>this.select(Li(t,n)),endRight:()=>this.select(Ri(t,n,1)),endLeft:()=>this.select(Ri(t,n,-1)),startRight:()=>this.select(zi(t,n,1)),startLeft:()=>this.select(zi(t,n,-1)),down:()=>this.#b(1),up:()=>this.#b(-1),remove:()=>this.#x(),undo:()=>this.undo(),redo:()=>this.redo(),accept:()=>this.#S(),back:()=>this.#p(`back`,{}),skip:()=>this.#p(`skip`,{state:this.state}),help:()=>this.#p(`help`,{})})[e](),this.#w()}#b(e){let t=Lr(this.state,this.chosen,this.selection,e);t===null?this.say(`no spans`):this.choose(t)}choose({start:e,end:t,label:n}){this.select({start:e,end:t},{start:e,end:t,label:n})}#x(){let{chosen:e,selection:t}=this;e===null?t!==null&&this.change(Pr(this.state,t),`removed`):this.change(Nr(this.state,e),`${e.label} removed`)}#S(){this.history=Gr(this.history,Vr(this.state,this.schema)),this.say(`accepted`),this.#p(`accept`,{state:this.state})}#C(e){if(clearTimeout(this.#n),this.typed=(this.typed+e).slice(-this.bindings.digits),this.typed.length<this.bindings.digits){this.#n=window.setTimeout(()=>this.typed=``,oo);return}let t=_i(this.bindings,this.typed);t===void 0?this.say(`no category has the digits ${this.typed}`):this.putCategory(t),this.typed=``}#w(){this.updateComplete.then(()=>this.querySelector(`.selected .piece`)?.scrollIntoView({block:`nearest`,inline:`nearest`}))}#T(e){this.selection!==null&&document.getSelection()?.isCollapsed&&(e.clipboardData?.setData(`text/plain`,this.text.slice(this.selection.start,this.selection.end)),e.preventDefault())}};function uo(e,t){let n=new Set([e]),r=e=>t.labels.find(t=>t.name===e)?.parent;for(let t=r(e);t!==void 0&&!n.has(t);t=r(t))n.add(t);return n.size-1}var fo=class extends Error{name=`WireError`};function po(t,n){let r=e(t),{proposed:i,note:a,flagged:o,...s}=bo(`the state`,n),c=r.toPoints(t.length);return F({..._o(s,r,c),proposed:_o(bo(`proposed`,i??{}),r,c),note:typeof a==`string`?a:``,flagged:o===!0})}function mo(t,n){let{toPoints:r}=e(t),i=({spans:e,categories:t})=>({spans:e.map(({start:e,end:t,label:n})=>({start:r(e),end:r(t),label:n})),categories:t.map(({task:e,label:t})=>({task:e,label:t}))});return{...i(n),proposed:i(n.proposed),note:n.note,flagged:n.flagged}}function ho(e,t){return t==null?wr:po(e,{proposed:t})}function go(e,t){return t.map(t=>{let{kind:n,state:r}=bo(`an act`,t);return{kind:n,state:po(e,r)}})}function _o({spans:e,categories:t},n,r){return{spans:xo(`spans`,e).map(e=>vo(e,n,r)),categories:xo(`categories`,t).map(yo)}}function vo(e,{toUnits:t},n){let{start:r,end:i,label:a}=bo(`a span`,e);if(!(Number.isInteger(r)&&Number.isInteger(i)&&0<=r&&r<i)||i>n)throw new fo(`a span from ${String(r)} to ${String(i)} does not fit in the text of ${n} code points`);return{start:t(r),end:t(i),label:So(`a span's label`,a)}}function yo(e){let{task:t,label:n}=bo(`a category`,e);return{task:So(`a category's task`,t),label:So(`a category's label`,n)}}function bo(e,t){if(typeof t==`object`&&t&&!Array.isArray(t))return t;throw new fo(`${e} is ${Co(t)}, expected a table`)}function xo(e,t){if(t==null)return[];if(Array.isArray(t))return t;throw new fo(`${e} is ${Co(t)}, expected a list`)}function So(e,t){if(typeof t==`string`&&t!==``)return t;throw new fo(`${e} is ${Co(t)}, expected a name`)}function Co(e){return e===null?`null`:Array.isArray(e)?`a list`:e===``?`empty`:typeof e}customElements.get(`span-annotator`)===void 0&&customElements.define(`span-annotator`,lo);var wo=class extends et{async#e(e){e.preventDefault();let t=e.currentTarget,n=new FormData(t);await this.attempt(()=>this.desk.addLabel(String(n.get(`name`)).trim(),String(n.get(`meaning`)).trim())),this.fault===``&&(t.reset(),this.dispatchEvent(new CustomEvent(`label-added`,{bubbles:!0})))}render(){let{labels:e,tasks:t}=this.desk.schema;if(e.length===0&&t.length>0)return b;let n=e.length===0;return v`<details class="new-label" ?open=${n}>
      <summary>${n?`What do you look for? Name a label`:`New label`}</summary>
      <form class="filters" @submit=${this.#e}>
        <label>Name <input name="name" required maxlength="100" autocomplete="off" spellcheck="false" /></label>
        <label class="wider">What it marks <input name="meaning" maxlength="500" autocomplete="off" /></label>
        <button type="submit">Add</button>
      </form>
      ${this.faultView()}
    </details>`}};customElements.define(`label-form`,wo);function To(e){addEventListener(`online`,()=>e.outbox?.wake()),addEventListener(`focus`,()=>e.doubt()),addEventListener(`pagehide`,()=>e.keepNow()),addEventListener(`beforeunload`,t=>{(e.outbox?.unstored??0)>0&&t.preventDefault()}),document.addEventListener(`visibilitychange`,()=>{e.watch.show(document.visibilityState===`visible`),e.doubt(),document.visibilityState===`visible`&&e.outbox?.wake()});for(let t of[`keydown`,`pointerdown`,`pointermove`,`scroll`])document.addEventListener(t,()=>e.watch.touch(),{passive:!0,capture:!0})}var Eo=class extends et{#e=null;#t=0;render(){let e=this.conflict;return e===void 0||this.task(e)===null?b:v`<dialog class="conflict" aria-labelledby="conflict-heading" @cancel=${e=>e.preventDefault()}>
      <h2 id="conflict-heading" tabindex="-1">This text was changed elsewhere</h2>
      <p>Another tab or device saved it first. Which version shall stand? The saved one stays in the text's history either way.</p>
      <div class="sides">
        ${this.side(`The saved one`,e.acts.at(-1)?.state??null,()=>this.desk.keepTheirs(e.text),`Keep the saved one`)}
        ${this.side(`Yours, not saved yet`,e.mine.state,()=>this.desk.keepMine(e.text),`Keep mine`)}
      </div>
    </dialog>`}updated(){let e=this.querySelector(`dialog`);e===null||e.open||(e.showModal(),this.querySelector(`h2`)?.focus())}get conflict(){return this.desk.outbox?.conflicts.values().next().value}task({text:e}){let t=this.desk.queue.tasks.find(({number:t})=>t===e)??(this.#e?.number===e?this.#e:null);return t===null&&this.#t!==e&&(this.#t=e,this.desk.fetchText(e).then(e=>{this.#e=e,this.requestUpdate()})),t}side(e,t,n,r){let{text:i}=this.task(this.conflict),a=t===null?ho(i,null):po(i,t);return v`<section class="side">
      <h3>${e}</h3>
      <span-annotator readonly compact .text=${i} .schema=${this.desk.schema} .initial=${a}></span-annotator>
      ${tt(a.categories)} ${a.note===``?b:v`<p class="said">${a.note}</p>`}
      ${a.flagged?v`<p class="soft">flagged</p>`:b}
      <button type="button" @click=${()=>this.settle(n)}>${r}</button>
    </section>`}settle(e){this.querySelector(`dialog`)?.close(),e(),this.desk.tell(),document.querySelector(`annotate-view .text`)?.focus()}},Do={accept:`done`,skip:`skipped`};function Oo(e,t,n=``){let r={version:t.base+1,kind:t.kind,state:t.state,at:n};return{...e,version:r.version,status:Do[t.kind]??`begun`,acts:[...e.acts,r]}}function ko(e,t){return t.reduce((e,t)=>t.base===e.version?Oo(e,t):e,e)}function Ao(){return typeof crypto.randomUUID==`function`?crypto.randomUUID():[...crypto.getRandomValues(new Uint8Array(16))].map(e=>e.toString(16).padStart(2,`0`)).join(``)}var jo=200,Mo=1e3,No=3e4,Po=class{options;trouble=null;detail=``;conflicts=new Map;failed=[];#e=[];#t=0;#n=jo;#r=0;#i=null;#a=null;constructor(e){this.options=e;let t=this.#y(`act`).map(([e,t])=>({name:e,act:t,stored:!0}));this.#e=t.sort((e,t)=>Fo(e.name)-Fo(t.name)||e.act.base-t.act.base),this.#t=Fo(this.#e.at(-1)?.name??``),this.failed=this.#y(`failed`).map(([,e])=>e)}get size(){return this.#e.length}get unstored(){return this.#e.filter(({stored:e})=>!e).length}waiting(e){return this.#e.filter(({act:t})=>t.text===e).map(({act:e})=>e)}get texts(){return[...new Set(this.#e.map(({act:e})=>e.text))]}add(e){let t=this.#v(`act`,`${++this.#t}:${e.key}`);this.#e=[...this.#e,{name:t,act:e,stored:this.#b(t,e)}],this.#S(),this.send()}send(){return this.#i??=this.#o().finally(()=>{this.#i=null,this.#S()}),this.#i}wake(){this.trouble=null,this.#a?.(),this.send()}keepMine(e,t){let n=this.conflicts.get(e);if(n===void 0)return;this.conflicts.delete(e);let r=this.#e.filter(({act:t})=>t.text===e),i=r.reduce((e,{act:t})=>e+t.seconds,0),a=r.at(-1).act,o=a.kind===`undo`||a.kind===`redo`?`edit`:a.kind;this.add({...a,key:t,kind:o,base:n.version,seconds:i}),this.#x(r)}keepTheirs(e){let t=this.conflicts.get(e);t!==void 0&&(this.conflicts.delete(e),this.#x(this.#e.filter(({act:t})=>t.text===e)),this.options.theirs?.(t),this.#S(),this.send())}forgetFailed(){for(let[e]of this.#y(`failed`))this.options.storage.removeItem(e);this.failed=[],this.#S()}async#o(){for(let e=this.#s();e.length>0;e=this.#s())await this.#c(e)}#s(){let e=new Set(this.conflicts.keys());return this.#e.filter(({act:t})=>!e.has(t.text)&&e.add(t.text)).slice(0,this.#n).map(({act:e})=>e)}async#c(e){try{let t=await this.options.send(e),n=new Map(t.map(e=>[e.key,e]));if(!e.every(({key:e})=>n.has(e)))throw new C(0,`the server's answer leaves acts out`);this.#l();for(let t of e)this.#u(t,n.get(t.key))}catch(t){await this.#m(t,e)}this.#S()}#l(){this.trouble=null,this.detail=``,this.#r=0,this.#n=Math.min(jo,this.#n*2)}#u(e,{problem:t,at:n}){t===void 0?this.#d(e,n??``):t.kind===`conflict`?this.#f(e,t):this.#p(e,t.detail)}#d(e,t){this.#x(this.#e.filter(t=>t.act.key===e.key)),this.options.saved?.(e,t)}#f({text:e,key:t},{version:n=0,acts:r=[]}){let i=this.waiting(e).at(-1);if(i===void 0||!this.waiting(e).some(e=>e.key===t))return;this.conflicts.set(e,{text:e,mine:i,version:n,acts:r});let a=r.at(-1);a!==void 0&&JSON.stringify(a.state)===JSON.stringify(i.state)&&a.kind===i.kind&&this.keepTheirs(e)}#p(e,t){let n={act:e,detail:t};this.failed=[...this.failed,n],this.#b(this.#v(`failed`,e.key),n),this.#x(this.#e.filter(t=>t.act.key===e.key)),this.#e=this.#e.map(t=>{if(t.act.text!==e.text||t.act.base<=e.base)return t;let n={...t.act,base:t.act.base-1};return{...t,act:n,stored:this.#b(t.name,n)}})}async#m(e,t){let n=e instanceof C?e.status:-1;if(this.detail=e.message,n===401)return await this.#_(`login`,1/0);if([400,413,422].includes(n))return this.#h(e,t);let r=e instanceof C?e.retryAfter:null,i=r===null?this.#g():r*1e3,a=e instanceof Je||e instanceof TypeError;await this.#_(a?`offline`:n===429||n>=500?`busy`:`refused`,i)}#h(e,t){t.length===1?this.#p(t[0],e.message):this.#n=e.status===413?Math.ceil(t.length/2):1}#g(){return Math.min(No,Mo*2**this.#r++)*(.75+Math.random()/2)}async#_(e,t){this.trouble=e,this.#S();let n=this.options.pause??Lo,r=new Promise(e=>this.#a=e);await(Number.isFinite(t)?Promise.race([r,n(t)]):r),this.#a=null}#v(e,t){return`textwright/${this.options.space}/${e}/${t}`}#y(e){let{storage:t}=this.options;return Array.from({length:t.length},(e,n)=>t.key(n)??``).filter(t=>t.startsWith(this.#v(e,``))).flatMap(e=>{let n=Io(t.getItem(e));return n===void 0?[]:[[e,n]]})}#b(e,t){try{return this.options.storage.setItem(e,JSON.stringify(t)),!0}catch{return!1}}#x(e){let t=new Set(e.map(({name:e})=>e));this.#e=this.#e.filter(({name:e})=>!t.has(e));for(let e of t)this.options.storage.removeItem(e)}#S(){this.options.changed?.()}};function Fo(e){return Number(/\/act\/(\d+):/.exec(e)?.[1]??0)}function Io(e){try{return e===null?void 0:JSON.parse(e)}catch{return}}function Lo(e){return new Promise(t=>setTimeout(t,e))}var Ro=60,zo=class{now;#e=0;#t;#n=!0;constructor(e=()=>performance.now()/1e3){this.now=e,this.#t=this.now()}touch(){let e=this.now();this.#n&&(this.#e+=Math.min(e-this.#t,Ro)),this.#t=e}show(e){this.touch(),this.#n=e}take(){this.touch();let e=this.#e;return this.#e=0,Math.round(e*1e3)/1e3}},Bo=class{#e=[];add(e){this.#e=[...this.#e,e].slice(-50)}median(e){if(this.#e.length<5)return e;let t=[...this.#e].sort((e,t)=>e-t),n=t.length>>1;return t.length%2==1?t[n]:(t[n-1]+t[n])/2}};function Vo(e){if(e<60)return`less than a minute`;let t=Math.round(e/60),n=Math.floor(t/60);return n===0?`${t} min`:n>=48?`${Math.round(n/24)} days`:t%60==0?`${n} h`:`${n} h ${t%60} min`}function Ho(e,t,n){let r=[`${V(e)} of ${V(e+t)}`];return n!==null&&n>0&&r.push(`${V(Math.round(3600/n))} an hour`),t===0?r.push(`nothing left`):n!==null&&n>0&&r.push(`${Vo(t*n)} left`),r.join(` · `)}function V(e){return e.toLocaleString(`en`)}function Uo(e,t){return`${V(e)} ${t}${e===1?``:`s`}`}var Wo=300,Go=100,Ko=300,qo=class{options;tasks=[];place=0;exhausted=!1;#e=null;constructor(e){this.options=e}get current(){return this.tasks[this.place]??null}get ahead(){return Math.max(0,this.tasks.length-this.place-1)}get canGoBack(){return this.place>0}next(){this.place=Math.min(this.place+1,this.tasks.length);let e=Math.max(0,this.place-Ko);this.tasks=this.tasks.slice(e),this.place-=e,this.options.changed?.()}back(){this.place=Math.max(0,this.place-1),this.options.changed?.()}restore(e,t){this.tasks=e,this.place=Math.min(Math.max(0,t),e.length),this.options.changed?.()}jump(e){let t=this.tasks.findIndex(({number:t})=>t===e.number);t<0?this.tasks=[...this.tasks.slice(0,this.place),e,...this.tasks.slice(this.place)]:(this.place=t,this.replace(e)),this.options.changed?.()}replace(e){this.tasks=this.tasks.map(t=>t.number===e.number?e:t)}drop(e){this.tasks=this.tasks.filter(({number:t},n)=>n<=this.place||!e.has(t)),this.options.changed?.()}isLow(){return!this.exhausted&&this.ahead<Go}refill(){return this.#e??=this.#t().finally(()=>this.#e=null),this.#e}async#t(){let e=new Set(this.tasks.map(({number:e})=>e)),t=[...new Set([...e,...this.options.also?.()??[]])],n=await this.options.fetch(Wo,t);this.exhausted=n.length===0,this.#n(n.filter(({number:e})=>!this.tasks.some(t=>t.number===e)))}async renew(){let e=(e,t)=>t<=this.place+1||e.status!==`new`,t=this.tasks.filter(e),n=await this.options.fetch(Wo,t.map(({number:e})=>e));if(n.length===0)return;let r=this.tasks.filter(e);this.tasks=r,this.#n(n.filter(({number:e})=>!r.some(t=>t.number===e)))}#n(e){let t=this.options.known??(e=>e),n=e.map(t).filter(({status:e})=>e===`new`||e===`begun`);this.tasks=[...this.tasks,...n],this.options.changed?.()}},Jo=`kept`;async function Yo(){try{return await $o((await Qo()).transaction(Jo).objectStore(Jo).get(`last`))??null}catch{return null}}async function Xo(e){try{return await $o((await Qo()).transaction(Jo,`readwrite`).objectStore(Jo).put(e,`last`)),!0}catch{return!1}}var Zo=null;function Qo(){return Zo??=new Promise((e,t)=>{let n=indexedDB.open(`textwright`,1);n.onupgradeneeded=()=>n.result.createObjectStore(Jo),n.onsuccess=()=>e(n.result),n.onerror=()=>t(n.error)}),Zo}function $o(e){return new Promise((t,n)=>{e.onsuccess=()=>t(e.result),e.onerror=()=>n(e.error)})}var es=500,ts=2e4,ns=1500,rs=50,is=20,as=20,os={name:``,labels:[],tasks:[],rules:[],open:!1},ss=class{phase=`opening`;fault=``;project=null;schema=os;shown=null;progress=null;outbox=null;isElsewhere=!1;hasSaved=!1;isFetching=!0;done=0;left=0;queue=new qo({fetch:async(e,t)=>(await w(`api/queue?limit=${e}&skip=${t.join(`,`)}`)).tasks,known:e=>ko(e,this.outbox?.waiting(e.number)??[]),also:()=>this.#T(),changed:()=>this.#x()});pace=new Bo;watch=new zo;#e=new Set;#t=Ao();#n=null;#r=!1;#i=0;#a=0;#o=0;#s=!1;#c=new Set;#l=0;#u=0;listen(e){return this.#e.add(e),()=>this.#e.delete(e)}tell(){for(let e of this.#e)e()}async open(){try{await this.#d(await w(`api/project`))}catch(e){e instanceof Je&&await this.#m()||(this.phase=`closed`,this.fault=e.message)}this.tell()}async#d(e){if(this.project=e,this.schema=gt(e.schema),e.annotator===null){this.phase=`login`;return}this.#h(e,e.annotator);let t=await Yo(),n=t!==null&&ls(t.project,e)?t:null;await this.#p();let r=(n?.tasks??[]).slice(0,n?.place??0).filter(({status:e})=>e===`done`||e===`skipped`);this.queue.restore(r,r.length),this.phase=`working`,await this.#f()}async#f(){this.isFetching=!0,await Promise.all([this.#D().finally(()=>this.isFetching=!1),this.refresh()])}async#p(){(this.outbox?.size??0)>0&&await Promise.race([this.outbox?.send(),new Promise(e=>setTimeout(e,2e3))])}async renew(){if(this.phase!==`working`)return await this.open();try{await this.#p();let e=await w(`api/project`);[this.project,this.schema]=[e,gt(e.schema)],this.queue.restore([],0),this.queue.exhausted=!1,await this.#f()}catch(e){this.notice(e)}this.tell()}async#m(){let e=await Yo();if(e===null||e.project.annotator===null)return!1;this.project=e.project,this.schema=gt(e.project.schema),this.#h(e.project,e.project.annotator);let t=e.tasks.map(e=>ko(e,this.outbox?.waiting(e.number)??[])),n=t.findIndex(({status:t},n)=>n>=e.place&&(t===`new`||t===`begun`));return[this.done,this.left]=[e.done,e.left],this.isFetching=!1,this.phase=`working`,this.queue.restore(t,n<0?t.length:n),this.outbox?.send(),!0}#h(e,t){if(this.outbox!==null)return;let n=cs(e,t);this.outbox=new Po({storage:localStorage,space:n,send:e=>this.#g(e),changed:()=>this.#E(),saved:e=>this.#w(e),theirs:e=>this.#v(e)}),this.#M(n)}async reopen(){if(this.outbox===null)return await this.open();let e=await w(`api/project`);if(e.annotator!==null){if(this.project?.annotator!==e.annotator)return location.reload();this.project=e,this.phase=`working`,this.outbox.wake(),await this.#D(),await this.refresh()}}async leave(){await T(`DELETE`,`api/session`),this.keepNow(),location.reload()}showAgain(){this.queue.current!==null&&this.#x(!0)}async#g(e){if(!this.#r&&this.project?.login===!0){let{annotator:e}=await w(`api/project`);if(e!==this.project.annotator)throw new C(401,`somebody else is logged in now`)}this.#r=!1;let{results:t}=await T(`POST`,`api/acts`,{acts:e});return this.#r=!0,t}doubt(){this.#r=!1}act(e,t){let n=this.queue.current;if(n===null||this.outbox===null)return;let r=this.watch.take();this.#i+=r,this.#a+=1;let i={key:Ao(),text:n.number,base:n.version,kind:e,state:t,suggestion:n.suggestion?.id??null,seconds:r},a=Oo(n,i);this.#C(n.status,a.status),this.queue.replace(a),this.outbox.add(i),this.#j()}finish(e,t){let n=this.queue.current;if(n===null)return;let r=n.acts.at(-1);(r?.kind!==e||JSON.stringify(r.state)!==JSON.stringify(t))&&this.act(e,t),e===`accept`&&this.pace.add(this.#i),this.queue.next(),this.keepNow(),this.queue.isLow()&&this.#D()}back(){if(!this.queue.canGoBack)return void this.#_().catch(e=>this.notice(e));this.queue.back(),this.#b()}async#_(){let e=this.queue.current?.number??1/0,t=new URLSearchParams({annotator:this.project?.annotator??``,status:`done`,limit:`200`}),n=0;for(let r=0,i=!0,a=0;i&&a<as;a++){let a=await w(`api/texts?${t}&after=${r}`);n=a.texts.map(({number:e})=>e).filter(t=>t<e).at(-1)??n,r=a.texts.at(-1)?.number??r,i=a.more&&r<e}n>0&&await this.goTo(n)}async goTo(e){let t=this.queue.tasks.find(t=>t.number===e);if(t!==void 0&&(this.outbox?.waiting(e).length??0)>0)return this.queue.jump(t);this.queue.jump(ko(await w(`api/texts/${e}`),this.outbox?.waiting(e)??[]))}async fetchText(e){return await w(`api/texts/${e}`).catch(()=>null)}async addLabel(e,t){let{schema:n}=await T(`POST`,`api/labels`,{name:e,meaning:t});this.schema=gt(n),this.project!==null&&(this.project={...this.project,schema:n}),this.#j(),this.tell()}keepMine(e){let t=this.outbox?.conflicts.get(e);if(t===void 0)return;this.#y(t),this.outbox?.keepMine(e,Ao());let n=this.queue.tasks.find(({number:t})=>t===e);n!==void 0&&this.queue.replace(ko(n,this.outbox?.waiting(e)??[])),this.#x(!0)}keepTheirs(e){this.outbox?.keepTheirs(e)}#v(e){this.#y(e),this.#x(!0)}#y({text:e,version:t,acts:n}){let r=this.queue.tasks.find(({number:t})=>t===e);if(r===void 0)return;let i=n.at(-1)?.kind,a=i===`accept`?`done`:i===`skip`?`skipped`:`begun`;this.#C(r.status,a),this.queue.replace({...r,version:t,acts:n,status:a})}async#b(){let e=this.queue.current;if(e===null||(this.outbox?.waiting(e.number).length??0)>0)return;let t=await w(`api/texts/${e.number}`).catch(()=>null),n=this.queue.current?.number===e.number&&this.queue.current.version===e.version;t!==null&&t.version!==e.version&&n&&(this.queue.replace(t),this.#x(!0))}#x(e=!1){let t=this.queue.current;t===null?this.shown=null:(e||t.number!==this.shown?.task.number)&&(this.shown={task:t,acts:go(t.text,t.acts),initial:ho(t.text,t.suggestion)},this.watch.take(),this.#i=0,this.isElsewhere=!1,this.#n?.postMessage({tab:this.#t,kind:`shows`,text:t.number}),this.#S()),this.#j(),this.tell()}async#S(){let e=this.queue.tasks[this.queue.place+1];if(e===void 0||e.status!==`new`||e.suggestion!==null||this.project?.suggesters.length===0||this.#c.has(e.number))return;this.#c.add(e.number);let t=await w(`api/texts/${e.number}`).catch(()=>null),n=this.shown?.task.number!==e.number&&this.queue.tasks.includes(e);t?.suggestion&&n&&this.queue.replace(t)}#C(e,t){let n=e=>+(e===`new`||e===`begun`),r=e=>+(e===`done`);this.left=Math.max(0,this.left+n(t)-n(e)),this.done=Math.max(0,this.done+r(t)-r(e))}#w(e){this.hasSaved=!0,this.#s&&this.outbox?.size===0&&this.refresh(),(e.kind===`accept`||e.kind===`skip`)&&this.#k(),this.#n?.postMessage({tab:this.#t,kind:`acted`,text:e.text})}#T(){return(this.outbox?.texts??[]).filter(e=>[`accept`,`skip`].includes(this.outbox?.waiting(e).at(-1)?.kind??``))}#E(){this.outbox?.trouble===`login`&&(this.phase=`login`);let e=this.outbox?.conflicts.size??0;e>this.#o&&this.#A().catch(e=>this.notice(e)),this.#o=e,this.tell()}async#D(){try{let e=-1;for(;this.queue.isLow()&&(e<0||this.queue.ahead>=e+is);)e=this.queue.ahead,await this.queue.refill(),this.keepNow();!this.queue.exhausted&&this.queue.ahead<is&&this.#O()}catch(e){this.notice(e)}this.#x()}#O(){if(this.#u!==0)return;let e=()=>{this.#u=0,this.#D()};this.#u=window.setTimeout(e,this.queue.current===null?rs:ns)}#k(){!this.queue.exhausted||this.left<=this.queue.ahead||this.queue.ahead>=is||(this.queue.exhausted=!1,this.#O())}async refresh(){let[e,t]=[this.outbox?.size??0,this.#a];try{let n=this.progress===null,r=this.progress?.training.rounds.length;this.progress=await w(`api/progress`);let i=t===this.#a&&e===0&&this.outbox?.size===0,a=i&&!n&&this.progress.mine.left<this.left;(i||n)&&([this.done,this.left]=[this.progress.mine.done,this.progress.mine.left]),a&&await this.#A(),this.#s=!i,!i&&this.outbox?.size===0&&setTimeout(()=>void this.refresh(),ns),r!==void 0&&this.progress.training.rounds.length>r&&await this.queue.renew(),this.queue.current===null&&this.left>0&&await this.#D()}catch(e){this.notice(e)}this.#j(),this.tell()}async#A(){let e=this.queue.tasks.slice(this.queue.place).filter(({status:e})=>e===`new`||e===`begun`).map(({number:e})=>e);if(e.length===0)return;let{over:t}=await w(`api/over?texts=${e.join(`,`)}`),n=this.outbox?.texts??[];this.queue.drop(new Set(t.filter(e=>!n.includes(e)))),t.includes(this.queue.current?.number??0)&&await this.#b()}keepUp(){setInterval(()=>{document.visibilityState===`visible`&&this.phase===`working`&&this.refresh()},ts)}notice(e){e instanceof C&&e.status===401?this.phase=`login`:e instanceof Je||(this.fault=e.message)}get seconds(){return this.pace.median(this.progress?.mine.seconds_per_text??null)}#j(){this.#l||=window.setTimeout(()=>this.keepNow(),es)}keepNow(){clearTimeout(this.#l),this.#l=0;let{project:e,queue:t,done:n,left:r}=this;e!==null&&this.phase===`working`&&Xo({project:e,tasks:t.tasks,place:t.place,done:n,left:r})}#M(e){this.#n=new BroadcastChannel(`textwright/${e}`),this.#n.onmessage=({data:e})=>{let t=this.queue.current;e.tab!==this.#t&&t!==null&&e.text===t.number&&(e.kind===`shows`&&this.#n?.postMessage({tab:this.#t,kind:`also`,text:t.number}),e.kind===`acted`&&this.#b(),this.isElsewhere=!0,this.tell())}}};function cs({name:e,made:t=``},n){let r=`${encodeURIComponent(e)}/${encodeURIComponent(n)}`;if(t===``)return r;let i=localStorage.getItem(`textwright/${r}/made`)??t;try{localStorage.setItem(`textwright/${r}/made`,i)}catch{}return i===t?r:`${r}@${t}`}function ls(e,t){return e.name===t.name&&e.made===t.made&&e.annotator===t.annotator&&JSON.stringify(e.schema)===JSON.stringify(t.schema)}var us=/Mac|iPhone|iPad/.test(navigator.userAgent),ds=[`Shift`,`Control`,`Alt`,`Meta`,`AltGraph`],fs=null;function ps(e){let t=hs(e);return fs?.name!==t&&(fs={name:t,keys:ms(e,t)}),fs.keys}function ms(e,t){try{let n=JSON.parse(localStorage.getItem(t)??`{}`);return I(e.schema,n),n}catch{return{}}}function hs(e){return`textwright/keys/${encodeURIComponent(e.project?.name??``)}`}function gs(e,t){fs={name:hs(e),keys:t},localStorage.setItem(fs.name,JSON.stringify(t))}var _s=class extends et{#e=null;show(){this.#e=null,this.fault=``,this.requestUpdate(),this.updateComplete.then(()=>this.querySelector(`dialog`)?.showModal())}render(){return this.desk.project===null?b:v`<dialog class="keys" aria-labelledby="keys-heading" @keydown=${e=>this.pressed(e)} @close=${()=>this.closed()}>
      <div class="dialog-head">
        <h2 id="keys-heading">Keys</h2>
        <button type="button" class="close" @click=${()=>this.querySelector(`dialog`)?.close()}>Close</button>
      </div>
      <p class="soft">They act while the text has the focus. Press a key's button, then the new key. Tab belongs to the browser.</p>
      ${this.faultView()}
      <table>
        <thead class="visually-hidden"><tr><th scope="col">Key</th><th scope="col">Does</th></tr></thead>
        <tbody>${bs(this.desk).map(e=>this.line(e))}</tbody>
      </table>
      <p class="row"><button type="button" @click=${()=>this.reset()}>All keys as they were</button></p>
    </dialog>`}line(e){let t=this.#e!==null&&ys(this.#e.target,e.target);return v`<tr>
      <td>
        <button type="button" class="key" aria-pressed=${String(t)} @click=${()=>this.wait(e)}>
          <span class="visually-hidden">Change the key: ${e.does}, now</span>
          ${t?`press a key`:e.keys.map(e=>v`<kbd>${ui(e,{mac:us})}</kbd>`)}
        </button>
      </td>
      <td>${e.does}</td>
    </tr>`}wait(e){this.#e=e,this.fault=``,this.requestUpdate()}pressed(e){if(this.#e===null||ds.includes(e.key))return;let{target:t}=this.#e,n=di(e);e.key!==`Tab`&&(e.preventDefault(),e.stopPropagation(),this.#e=null,e.key!==`Escape`&&n!==null?this.attempt(()=>this.remap(t,n)):this.requestUpdate())}remap(e,t){let n=bs(this.desk).find(n=>n.keys.includes(t)&&!ys(n.target,e));if(n!==void 0)throw Error(`the key ${ui(t,{mac:us})} stands for something else: ${n.does}`);let r=vs(ps(this.desk),e,t);I(this.desk.schema,r),gs(this.desk,r)}reset(){this.attempt(()=>gs(this.desk,{}))}closed(){this.#e=null,document.querySelector(`span-annotator`)?.focusText()}};function vs(e,t,n){if(t[0]===`command`)return{...e,[t[1]]:[n]};if(t[0]===`label`)return{...e,labels:{...e.labels,[t[1]]:n}};let[,r,i]=t;return{...e,categories:{...e.categories,[r]:{...e.categories?.[r],[i]:n}}}}function ys(e,t){return JSON.stringify(e)===JSON.stringify(t)}function bs(e){let{commands:t,labels:n,categories:r}=I(e.schema,ps(e));return[...[...t].map(([e,t])=>({target:[`command`,e],does:pi[e].does,keys:t})),...[...n].map(([e,t])=>({target:[`label`,e],does:`${e}: put it on, or take it off`,keys:[t]})),...r.map(({task:e,label:t,key:n})=>({target:[`category`,e,t],does:`${e}: ${t}`,keys:n===``?[]:[n]}))]}function xs(e){return v`<section class="card goal">
    <h2>How far you are</h2>
    <progress max=${Math.max(1,e.aim)} .value=${Math.min(e.done,e.aim)} aria-label="Corrected texts, of about as many as are good to have"></progress>
    <p role="status">${e.goal}</p>
  </section>`}var Ss=320,Cs=150,ws=34,Ts=10;function Es(e,t){return v`<figure class="learned">
    <figcaption class="soft">Right, of 100 ${t}</figcaption>
    ${Ds(e,t)}
    <details>
      <summary>The same as a table</summary>
      ${ks(e,t)}
    </details>
  </figure>`}function Ds(e,t){let n=Math.max(...e.map(({learned:e})=>e)),r=e=>ws+e/n*274,i=e=>Ts+(1-e/100)*116,a=e.map(({learned:e,right:t})=>`${r(e)},${i(t)}`).join(` `);return v`<svg class="curve" viewBox="0 0 ${Ss} ${Cs}" role="img" aria-label=${Os(e,t)}>
    ${[0,50,100].map(e=>Oe`<line class="grid" x1=${ws} x2=${308} y1=${i(e)} y2=${i(e)}></line>
        <text x=${28} y=${i(e)+4} text-anchor="end">${e}</text>`)}
    <polyline points=${a}></polyline>
    ${e.map(({learned:e,right:t})=>Oe`<circle cx=${r(e)} cy=${i(t)} r="3.5"></circle>`)}
    <text x=${ws} y=${144}>0 texts</text>
    <text x=${308} y=${144} text-anchor="end">${Uo(n,`text`)}</text>
  </svg>`}function Os(e,t){return`Right, of 100 ${t}: ${e.map(({learned:e,right:t})=>`after ${Uo(e,`text`)} ${t}`).join(`, `)}`}function ks(e,t){return v`<table>
    <thead>
      <tr><th scope="col">Learned from</th><th scope="col">Right, of 100 ${t}</th><th scope="col">Texts wholly right</th></tr>
    </thead>
    <tbody>
      ${e.map(({learned:e,right:t,whole:n,tests:r})=>v`<tr>
          <th scope="row">${Uo(e,`text`)}</th><td>${t}</td><td>${n===null?`–`:`${V(n)} of ${V(r)}`}</td>
        </tr>`)}
    </tbody>
  </table>`}function As(e){return v`<section class="card learning">
    <h2>A model learns meanwhile</h2>
    ${e.missing===null?js(e):v`<p>${e.model}</p><pre tabindex="0"><code>${e.missing}</code></pre>`}
  </section>`}function js(e){return v`<p role="status">${e.model}</p>
    ${e.rounds.length===0?b:Es(e.rounds,e.counts)}
    ${Ms(e.suggests)} ${Ms(e.forecast)}
    <p class="soft">${e.next}</p>`}function Ms(e){return e===``?b:v`<p>${e}</p>`}function Ns(){return{async:!1,breaks:!1,extensions:null,gfm:!0,hooks:null,pedantic:!1,renderer:null,silent:!1,tokenizer:null,walkTokens:null}}var H=Ns();function Ps(e){H=e}var Fs={exec:()=>null};function Is(e){let t=[];return n=>{let r=Math.max(0,Math.min(3,n-1)),i=t[r];return i||(i=e(r),t[r]=i),i}}function U(e,t=``){let n=typeof e==`string`?e:e.source,r={replace:(e,t)=>{let i=typeof t==`string`?t:t.source;return i=i.replace(W.caret,`$1`),n=n.replace(e,i),r},getRegex:()=>new RegExp(n,t)};return r}var Ls=((e=``)=>{try{return!!RegExp(`(?<=1)(?<!1)`+e)}catch{return!1}})(),W={codeRemoveIndent:/^(?: {0,3}\t| {1,4})/gm,listInterruptsParagraph:/^ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]/,outputLinkReplace:/\\([\[\]])/g,indentCodeCompensation:/^(\s+)(?:```)/,beginningSpace:/^\s+/,endingHash:/#$/,startingSpaceChar:/^ /,endingSpaceChar:/ $/,endingSpaceTabChar:/[ \t]$/,nonSpaceChar:/[^ ]/,newLineCharGlobal:/\n/g,tabCharGlobal:/\t/g,leadingSpaceTab:/^[ \t]+/,multipleSpaceGlobal:/\s+/g,blankLine:/^[ \t]*$/,doubleBlankLine:/\n[ \t]*\n[ \t]*$/,blockquoteStart:/^ {0,3}>/,blockquoteSetextReplace:/\n {0,3}((?:=+|-+)[ \t]*)(?=\n|$)/g,blockquoteSetextReplace2:/^ {0,3}>[ \t]?/gm,blockquoteMarkerWhitespace:/^( {0,3}>)(\t[ \t]*)/gm,nestedBlockMarker:/^ {0,3}(?:(?:[*+-]|\d{1,9}[.)])(?: |$)|> ?)/,listReplaceNesting:/^ {1,4}(?=( {4})*[^ ])/g,listIsTask:/^\[[ xX]\][ \t]+\S/,listReplaceTask:/^\[[ xX]\][ \t]+/,listTaskCheckbox:/\[[ xX]\]/,anyLine:/\n.*\n/,hrefBrackets:/^<(.*)>$/,tableDelimiter:/[:|]/,tableAlignChars:/^\||\| *$/g,tableRowBlankLine:/\n[ \t]*$/,tableAlignRight:/^ *-+: *$/,tableAlignCenter:/^ *:-+: *$/,tableAlignLeft:/^ *:-+ *$/,startATag:/^<a /i,endATag:/^<\/a>/i,startPreScriptTag:/^<(pre|code|kbd|script)(\s|>)/i,endPreScriptTag:/^<\/(pre|code|kbd|script)(\s|>)/i,startAngleBracket:/^</,endAngleBracket:/>$/,pedanticHrefTitle:/^([^'"]*[^\s])\s+(['"])(.*)\2/,unicodeAlphaNumeric:/[\p{L}\p{N}]/u,numericCharacterReference:/&#(?:(\d{1,7})|[Xx]([A-Fa-f0-9]{1,6}));/,numericCharacterReferenceOrAmpersand:/&#(?:(\d{1,7})|[Xx]([A-Fa-f0-9]{1,6}));|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,escapeTest:/[&<>"']/,escapeReplace:/[&<>"']/g,escapeTestNoEncode:/[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/,escapeReplaceNoEncode:/[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,caret:/(^|[^\[])\^/g,percentDecode:/%25/g,findPipe:/\|/g,splitPipe:/ \|/,slashPipe:/\\\|/g,carriageReturn:/\r\n|\r/g,spaceLine:/^ +$/gm,notSpaceStart:/^\S*/,endingNewline:/\n$/,listItemRegex:e=>RegExp(`^( {0,3}${e})((?:[	 ][^\\n]*)?(?:\\n|$))`),nextBulletRegex:Is(e=>RegExp(`^ {0,${e}}(?:[*+-]|\\d{1,9}[.)])((?:[ 	][^\\n]*)?(?:\\n|$))`)),hrRegex:Is(e=>RegExp(`^ {0,${e}}((?:-[ 	]*){3,}|(?:_[ 	]*){3,}|(?:\\*[ 	]*){3,})(?:\\n+|$)`)),fencesBeginRegex:Is(e=>RegExp(`^ {0,${e}}(?:\`\`\`|~~~)`)),headingBeginRegex:Is(e=>RegExp(`^ {0,${e}}#{1,6}(?:\\s|$)`)),pedanticHeadingBeginRegex:Is(e=>RegExp(`^ {0,${e}}#`)),htmlBeginRegex:Is(e=>RegExp(`^ {0,${e}}(?:</?(?:${Ws})(?:[ \\t]+|$|/?>)|<(?:(?:script|pre|style|textarea)(?:[\\s>]|$)|!--)|<\\?|<![A-Za-z]|<!\\[CDATA\\[)`,`i`)),blockquoteBeginRegex:Is(e=>RegExp(`^ {0,${e}}>`)),nestedContainerMarkers:/^(?: {0,3}(?:(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]?))+/},Rs=/^(?:[ \t]*(?:\n|$))+/,zs=/^((?: {4}| {0,3}\t)[^\n]+(?:\n(?:[ \t]*(?:\n|$))*)?)+/,Bs=/^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(?:\n|$)(?:|([\s\S]*?)(?:\n|$))(?: {0,3}(?:(?=`)\1`*|(?=~)\1~*) *(?=\n|$)|$)/,Vs=/^ {0,3}((?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/,Hs=/^ {0,3}(#{1,6})(?=\s|$)(.*)(?:\n+|$)/,Us=/ {0,3}(?:[*+-]|\d{1,9}[.)])/,Ws=`address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul`,Gs=U(` {0,3}(?:</?(?:tag)(?:[ \\t]+|\\n|/?>)|<(?:(?:script|pre|style|textarea)(?:[\\s>]|$)|!--)|<\\?|<![A-Za-z]|<!\\[CDATA\\[)`).replace(`tag`,Ws).getRegex(),Ks=/^(?!bull |blockCode|fences|blockquote|heading|html|table)((?:.|\n(?!\s*?\n|bull |fences|blockquote|heading|hr|html|table))+?)\n {0,3}(=+|-+)[ \t]*(?:\n+|$)/,qs=U(Ks).replace(/bull/g,Us).replace(/blockCode/g,/(?: {4}| {0,3}\t)/).replace(/fences/g,/ {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g,/ {0,3}>/).replace(/heading/g,/ {0,3}#{1,6}(?:\s|$)/).replace(/hr/g,/ {0,3}(?:(?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/).replace(/\|table/g,``).replace(/html/g,Gs).getRegex(),Js=U(Ks).replace(/bull/g,Us).replace(/blockCode/g,/(?: {4}| {0,3}\t)/).replace(/fences/g,/ {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g,/ {0,3}>/).replace(/heading/g,/ {0,3}#{1,6}(?:\s|$)/).replace(/hr/g,/ {0,3}(?:(?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/).replace(/table/g,/ {0,3}\|?(?:[:\- ]*\|)+[\:\- ]*\n/).replace(/html/g,Gs).getRegex(),Ys=/^([^\n]+(?:\n(?!hr|heading|lheading|blockquote|fences|list|html|table|[ \t]+\n)[^\n]+)*)/,Xs=/^[^\n]+/,Zs=/(?!\s*\])(?:\\[\s\S]|[^\[\]\\\n]|\n(?![ \t]*\n))+/,Qs=U(/^ {0,3}\[(label)\]: *(?:\n[ \t]*)?([^<\s][^\s]*|<(?:\\.|[^\n<>\\])*>)(?:(?: +(?:\n[ \t]*)?| *\n[ \t]*)(title))? *(?:\n+|$)/).replace(`label`,Zs).replace(`title`,/(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\\n]|\n(?!\n))*'|\((?:\\[\s\S]|[^()\\])*\))/).getRegex(),$s=U(/^(bull)([ \t][^\n]*?)?(?:\n|$)/).replace(/bull/g,Us).getRegex(),ec=/<!--(?:-?>|[\s\S]*?(?:-->|$))/,tc=U(`^ {0,3}(?:<(script|pre|style|textarea)[\\s>][\\s\\S]*?(?:</\\1>[^\\n]*\\n*|$)|comment[^\\n]*(\\n+|$)|<\\?[\\s\\S]*?(?:\\?>[^\\n]*\\n*|$)|<![A-Z][\\s\\S]*?(?:>[^\\n]*\\n*|$)|<!\\[CDATA\\[[\\s\\S]*?(?:\\]\\]>[^\\n]*\\n*|$)|</?(tag)(?:[ \\t]+|\\n|/?>|$)[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|<(?!(?:script|pre|style|textarea)(?![a-z0-9-]))([a-z][a-z0-9-]*)(?:attribute)*?[ \\t]*/?>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|</[a-z][a-z0-9-]*\\s*>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$))`,`i`).replace(`comment`,ec).replace(`tag`,Ws).replace(`attribute`,/[ \t]+[a-zA-Z:_][\w.:-]*(?:[ \t]*=[ \t]*"[^"\n]*"|[ \t]*=[ \t]*'[^'\n]*'|[ \t]*=[ \t]*[^\s"'=<>`]+)?/).getRegex(),nc=e=>U(Ys).replace(`hr`,Vs).replace(`heading`,` {0,3}#{1,6}(?:\\s|$)`).replace(`|lheading`,``).replace(`|table`,``).replace(`blockquote`,` {0,3}>`).replace(`fences`," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace(`list`,e).replace(`html`,Gs).getRegex(),rc=nc(/ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]/),ic=nc(/ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\n|$)/),ac={blockquote:U(/^( {0,3}> ?(?:(?![ \t]*(?:\n|$))(paragraph)|[^\n]*)(?:\n|$))+/).replace(`paragraph`,ic).getRegex(),code:zs,def:Qs,fences:Bs,heading:Hs,hr:Vs,html:tc,lheading:qs,list:$s,newline:Rs,paragraph:rc,table:Fs,text:Xs},oc=U(`^ *([^\\n ].*)\\n {0,3}((?:\\| *)?:?-+:? *(?:\\| *:?-+:? *)*(?:\\| *)?)(?:\\n((?:(?! *\\n|hr|heading|blockquote|code|fences|list|html).*(?:\\n|$))*)\\n*|$)`).replace(`hr`,Vs).replace(`heading`,` {0,3}#{1,6}(?:\\s|$)`).replace(`blockquote`,` {0,3}>`).replace(`code`,`(?: {4}| {0,3}	)[^\\n]`).replace(`fences`," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace(`list`,` {0,3}(?:[*+-]|1[.)])[ \\t]`).replace(`html`,Gs).getRegex(),sc={...ac,lheading:Js,table:oc,paragraph:U(Ys).replace(`hr`,Vs).replace(`heading`,` {0,3}#{1,6}(?:\\s|$)`).replace(`|lheading`,``).replace(`table`,oc).replace(`blockquote`,` {0,3}>`).replace(`fences`," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace(`list`,` {0,3}(?:[*+-]|1[.)])[ \\t]+[^ \\t\\n]`).replace(`html`,Gs).getRegex()},cc={...ac,html:U(`^ *(?:comment(?: *\\n|\\s*$)|<(tag)[\\s\\S]+?</\\1>(?: *\\n{2,}|\\s*$)|<tag(?:"[^"]*"|'[^']*'|\\s[^'"/>\\s]*)*?/?>(?: *\\n{2,}|\\s*$))`).replace(`comment`,ec).replace(/tag/g,`(?!(?:a|em|strong|small|s|cite|q|dfn|abbr|data|time|code|var|samp|kbd|sub|sup|i|b|u|mark|ruby|rt|rp|bdi|bdo|span|br|wbr|ins|del|img)\\b)\\w+(?!:|[^\\w\\s@]*@)\\b`).getRegex(),def:/^ *\[([^\]]+)\]: *<?([^\s>]+)>?(?: +(["(][^\n]+[")]))? *(?:\n+|$)/,heading:/^(#{1,6})(.*)(?:\n+|$)/,fences:Fs,lheading:/^(.+?)\n {0,3}(=+|-+) *(?:\n+|$)/,paragraph:U(Ys).replace(`hr`,Vs).replace(`heading`,` *#{1,6} *[^
]`).replace(`|table`,``).replace(`blockquote`,` {0,3}>`).replace(`|fences`,``).replace(`|list`,``).replace(`|html`,``).replace(`|tag`,``).replace(`lheading`,qs).getRegex()},lc=/^\\([!"#$%&'()*+,\-./:;<=>?@\[\]\\^_`{|}~])/,uc=/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/,dc=/^( {2,}|\\)\n(?!\s*$)[ \t]*/,fc=/^(`+|[^`])(?:(?= {2,}\n)|[\s\S]*?(?:(?=[\\<!\[`*_]|\b_|$)|[^ ](?= {2,}\n)))/,G=/[\p{P}\p{S}]/u,pc=/[\s\p{P}\p{S}]/u,mc=/[^\s\p{P}\p{S}]/u,hc=U(/^((?![*_])punctSpace)/,`u`).replace(/punctSpace/g,pc).getRegex(),gc=/[\p{Pi}\p{Ps}"']/u,_c=/(?!~)[\p{P}\p{S}]/u,vc=/(?!~)[\s\p{P}\p{S}]/u,yc=/(?:[^\s\p{P}\p{S}]|~)/u,bc=U(/link|precode-code|html/,`g`).replace(`link`,/\[(?:[^\[\]`]|(?<a>`+)[^`]+\k<a>(?!`))*?\]\((?:\\[\s\S]|[^\\\(\)]|\((?:\\[\s\S]|[^\\\(\)])*\))*\)/).replace(`precode-`,Ls?"(?<!`)()":"(^^|[^`])").replace(`code`,/(?<b>`+)[^`]+\k<b>(?!`)/).replace(`html`,/<(?! )[^<>]*?>/).getRegex(),xc=/^(?:\*+(?:((?!\*)punct)|([^\s*]))?)|^_+(?:((?!_)punct)|([^\s_]))?/,Sc=U(xc,`u`).replace(/punct/g,G).getRegex(),Cc=U(xc,`u`).replace(/punct/g,_c).getRegex(),wc=U(/^(?:\*+(?:((?!\*)(?!openQuote)punct)|([^\s*]))?)|^_+(?:((?!_)(?!openQuote)punct)|([^\s_]))?/,`u`).replace(/openQuote/g,gc).replace(/punct/g,G).getRegex(),Tc=`^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])|(?!\\*)punct(\\*+)(?=[\\s]|$)|notPunctSpace(\\*+)(?!\\*)(?=punctSpace|$)|(?!\\*)punctSpace(\\*+)(?=notPunctSpace)|[\\s](\\*+)(?!\\*)(?=punct)|(?!\\*)punct(\\*+)(?!\\*)(?=punct)|notPunctSpace(\\*+)(?=notPunctSpace)`,Ec=U(Tc,`gu`).replace(/notPunctSpace/g,mc).replace(/punctSpace/g,pc).replace(/punct/g,G).getRegex(),Dc=U(Tc,`gu`).replace(/notPunctSpace/g,yc).replace(/punctSpace/g,vc).replace(/punct/g,_c).getRegex(),Oc=U(`^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])|(?!\\*)punct(\\*+)(?=[\\s]|$)|notPunctSpace(\\*+)(?!\\*)(?=punctSpace|$)|(?!\\*)[\\s](\\*+)(?=notPunctSpace)|[\\s](\\*+)(?!\\*)(?=punct)|(?!\\*)punct(\\*+)(?!\\*)(?=punct)|(?:(?!\\*)punct|notPunctSpace)(\\*+)(?!\\*)(?=notPunctSpace)`,`gu`).replace(/notPunctSpace/g,mc).replace(/punctSpace/g,pc).replace(/punct/g,G).getRegex(),kc=U(`^[^_*]*?\\*\\*[^_*]*?_[^_*]*?(?=\\*\\*)|[^_]+(?=[^_])|(?!_)punct(_+)(?=[\\s]|$)|notPunctSpace(_+)(?!_)(?=punctSpace|$)|(?!_)punctSpace(_+)(?=notPunctSpace)|[\\s](_+)(?!_)(?=punct)|(?!_)punct(_+)(?!_)(?=punct)`,`gu`).replace(/notPunctSpace/g,mc).replace(/punctSpace/g,pc).replace(/punct/g,G).getRegex(),Ac=U(`^[^_*]*?\\*\\*[^_*]*?_[^_*]*?(?=\\*\\*)|[^_]+(?=[^_])|(?!_)punct(_+)(?=[\\s]|$)|notPunctSpace(_+)(?!_)(?=punctSpace|$)|(?!_)[\\s](_+)(?=notPunctSpace)|[\\s](_+)(?!_)(?=punct)|(?!_)punct(_+)(?!_)(?=punct)|(?:(?!_)punct|notPunctSpace)(_+)(?!_)(?=notPunctSpace)`,`gu`).replace(/notPunctSpace/g,mc).replace(/punctSpace/g,pc).replace(/punct/g,G).getRegex(),jc=U(/^~~?(?:((?!~)punct)|[^\s~])/,`u`).replace(/punct/g,G).getRegex(),Mc=U(`^[^~]+(?=[^~])|(?!~)punct(~~?)(?=[\\s]|$)|notPunctSpace(~~?)(?!~)(?=punctSpace|$)|(?!~)punctSpace(~~?)(?=notPunctSpace)|[\\s](~~?)(?!~)(?=punct)|(?!~)punct(~~?)(?!~)(?=punct)|notPunctSpace(~~?)(?=notPunctSpace)`,`gu`).replace(/notPunctSpace/g,mc).replace(/punctSpace/g,pc).replace(/punct/g,G).getRegex(),Nc=U(/\\(punct)/,`gu`).replace(/punct/g,G).getRegex(),Pc=U(/(`+)(?:[^`]|[^`][\s\S]*?[^`])\1(?!`)|`+|\\(punct)/,`gu`).replace(/punct/g,G).getRegex(),Fc=U(/^<(scheme:[^\s\x00-\x1f<>]*|email)>/).replace(`scheme`,/[a-zA-Z][a-zA-Z0-9+.-]{1,31}/).replace(`email`,/[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+(@)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+(?![-_])/).getRegex(),Ic=U(ec).replace(`(?:-->|$)`,`-->`).getRegex(),Lc=U(`^comment|^</[a-zA-Z][a-zA-Z0-9-]*\\s*>|^<[a-zA-Z][a-zA-Z0-9-]*(?:attribute)*?\\s*/?>|^<\\?[\\s\\S]*?\\?>|^<![a-zA-Z]+\\s[\\s\\S]*?>|^<!\\[CDATA\\[[\\s\\S]*?\\]\\]>`).replace(`comment`,Ic).replace(`attribute`,/\s+[a-zA-Z:_][\w.:-]*(?:\s*=\s*"[^"]*"|\s*=\s*'[^']*'|\s*=\s*[^\s"'=<>`]+)?/).getRegex(),Rc=/\[(?:\\[\s\S]|[^\[\]\\])*\]/,zc=U(/(?:\[(?:brackets|\\[\s\S]|[^\[\]\\])*\]|\\[\s\S]|`+(?!`)[^`]*?`+(?!`)|``+(?=\])|[^\[\]\\`])*?/).replace(`brackets`,Rc).getRegex(),Bc=U(/^!?\[(label)\]\([ \t\n]*(href)(?:(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)(title))?[ \t\n]*\)/).replace(`label`,zc).replace(`href`,/<(?:\\.|[^\n<>\\])*>|(?!<)[^ \t\n\x00-\x1f]+|(?=\))/).replace(`title`,/"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\((?:\\[\s\S]|[^)\\])*\)/).getRegex(),Vc=U(/^!?\[(label)\]\[(ref)\]/).replace(`label`,zc).replace(`ref`,Zs).getRegex(),Hc=U(/^!?\[(ref)\](?:\[\])?/).replace(`ref`,Zs).getRegex(),Uc=/(?!\s*\])(?:\\[\s\S]|[^\[\]\\]){1,999}/,Wc=U(/(?:[^\[\]\\`]*(?:\[(?:brackets|\\[\s\S]|[^\[\]\\])*\]|\\[\s\S]|`+(?!`)[^`]*?`+(?!`)|``+(?=\]))){0,999}?[^\[\]\\`]*?/).replace(`brackets`,Rc).getRegex(),Gc=U(`reflink|nolink(?!\\()`,`g`).replace(`reflink`,U(/^!?\[(label)\]\[(ref)\]/).replace(`label`,Wc).replace(`ref`,Uc).getRegex()).replace(`nolink`,U(/^!?\[(ref)\](?:\[\])?/).replace(`ref`,Uc).getRegex()).getRegex(),Kc=/[hH][tT][tT][pP][sS]?|[fF][tT][pP]/,qc=U(/(?:mailto:email|xmpp:email(?:\/[A-Za-z0-9@.]+)?)/).replace(/email/g,/[A-Za-z0-9._+-]+@[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![\w-])/).getRegex(),Jc={_backpedal:Fs,anyPunctuation:Nc,anyPunctuationOutsideCode:Pc,autolink:Fc,blockSkip:bc,br:dc,code:uc,del:Fs,delLDelim:Fs,delRDelim:Fs,emStrongLDelim:Sc,emStrongRDelimAst:Ec,emStrongRDelimUnd:kc,escape:lc,link:Bc,nolink:Hc,punctuation:hc,reflink:Vc,reflinkSearch:Gc,tag:Lc,text:fc,url:Fs},Yc={...Jc,emStrongLDelim:wc,emStrongRDelimAst:Oc,emStrongRDelimUnd:Ac,link:U(/^!?\[(label)\]\((.*?)\)/).replace(`label`,zc).getRegex(),reflink:U(/^!?\[(label)\]\s*\[([^\]]*)\]/).replace(`label`,zc).getRegex()},Xc={...Jc,emStrongRDelimAst:Dc,emStrongLDelim:Cc,delLDelim:jc,delRDelim:Mc,url:U(/^emailProtocol|^((?:protocol):\/\/|www\.)(?:[a-zA-Z0-9\-]+\.?)+[^\s<]*|^email/).replace(`emailProtocol`,qc).replace(`protocol`,Kc).replace(`email`,/[A-Za-z0-9._+-]+(@)[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![\w-])/).getRegex(),_backpedal:/(?:[^?!.,:;*_'"~()&]+|\([^)]*\)|&(?![a-zA-Z0-9]+;$)|[?!.,:;*_'"~)]+(?!$))+/,del:/^(~~?)(?=[^\s~])((?:\\[\s\S]|[^\\])*?(?:\\[\s\S]|[^\s~\\]))\1(?=[^~]|$)/,text:U(/^(?:[^a-zA-Z0-9](?=emailProtocol)|(`+|~+|[^`~])(?:(?=[`~])|(?= {2,}\n)|(?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@)|[\s\S]*?(?:(?=[\\<!\[`*~_]|\b_|protocol:\/\/|wwwStart|$)|[^ ](?= {2,}\n)|[^a-zA-Z0-9](?=emailProtocol)|[^a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-](?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@))))/).replace(`protocol`,Kc).replace(/emailProtocol/g,/(?:mailto|xmpp):/).replace(`wwwStart`,Ls?`(?<![^\\s*_~(])www\\.`:`www\\.`).getRegex()},Zc={...Xc,br:U(dc).replace(`{2,}`,`*`).getRegex(),text:U(Xc.text).replace(`\\b_`,`\\b_| {2,}\\n`).replace(/\{2,\}/g,`*`).getRegex()},Qc={normal:ac,gfm:sc,pedantic:cc},$c={normal:Jc,gfm:Xc,breaks:Zc,pedantic:Yc},el={"&":`&amp;`,"<":`&lt;`,">":`&gt;`,'"':`&quot;`,"'":`&#39;`},tl=e=>el[e];function K(e,t){if(t){if(W.escapeTest.test(e))return e.replace(W.escapeReplace,tl)}else if(W.escapeTestNoEncode.test(e))return e.replace(W.escapeReplaceNoEncode,tl);return e}function nl(e){return W.numericCharacterReference.test(e)?e.replace(W.numericCharacterReferenceOrAmpersand,(e,t,n)=>{if(t===void 0&&n===void 0)return`&amp;`;let r=t===void 0?Number.parseInt(n,16):Number.parseInt(t,10);return r===0||r>1114111||r>=55296&&r<=57343?`�`:r===38?`&amp;`:String.fromCodePoint(r)}):e}function rl(e){try{e=encodeURI(e).replace(W.percentDecode,`%`)}catch{return null}return e}function il(e,t){let n=e.replace(W.findPipe,(e,t,n)=>{let r=!1,i=t;for(;--i>=0&&n[i]===`\\`;)r=!r;return r?`|`:` |`}).split(W.splitPipe),r=0;if(n[0].trim()||n.shift(),n.length>0&&!n.at(-1)?.trim()&&n.pop(),t){if(n.length>t)n.splice(t);else for(;n.length<t;)n.push(``)}for(;r<n.length;r++)n[r]=n[r].trim().replace(W.slashPipe,`|`);return n}function q(e,t,n){let r=e.length;if(r===0)return``;let i=0;for(;i<r;){let a=e.charAt(r-i-1);if(a===t&&!n)i++;else if(a!==t&&n)i++;else break}return e.slice(0,r-i)}function al(e){let t=e.split(`
`),n=t.length-1;for(;n>=0&&W.blankLine.test(t[n]);)n--;return t.length-n<=2?e:t.slice(0,n+1).join(`
`)}function ol(e){return e.trim().replace(W.multipleSpaceGlobal,` `).toLowerCase().toUpperCase().toLowerCase()}function sl(e,t){if(e.indexOf(t[0])===-1&&e.indexOf(t[1])===-1)return-1;let n=0;for(let r=0;r<e.length;r++)if(e[r]===`\\`)r++;else if(e[r]===t[0])n++;else if(e[r]===t[1]&&(n--,n<0))return r;return n>0?-2:-1}var cl=new WeakMap;function ll(e){let t={"*":-1,_:-1},n=-1,r=e.length;for(let i=0;i<r;i++){let a=e[i];if(a!==`*`&&a!==`_`&&a!==`~`)continue;let o=i===0?`
`:e[i-1],s=i+1;for(;s<r&&e[s]===a;)s++;o!==` `&&o!==`	`&&o!==`
`&&o!==`\r`&&o!==`\f`&&(a===`~`?n=i:t[a]=i),i=s-1}return{maskedSrc:e,lastPossibleEmStrongCloserIndex:t,lastPossibleDelCloserIndex:n}}function ul(e,t){let n=ll(t),r=cl.get(e);r?r.push(n):cl.set(e,[n])}function dl(e){let t=cl.get(e);t&&(t.pop(),t.length===0&&cl.delete(e))}function fl(e,t,n){let r=cl.get(e)?.at(-1);return r&&r.maskedSrc===t?r.lastPossibleEmStrongCloserIndex[n]:ll(t).lastPossibleEmStrongCloserIndex[n]}function pl(e,t){let n=cl.get(e)?.at(-1);return n&&n.maskedSrc===t?n.lastPossibleDelCloserIndex:ll(t).lastPossibleDelCloserIndex}function ml(e,t=0){let n=t,r=``;for(let t of e)if(t===`	`){let e=4-n%4;r+=` `.repeat(e),n+=e}else r+=t,n++;return r}function hl(e,t){let n=``;for(let r=0;r<e.length;r++){if(e[r]==="`"){let i=t.inline.code.exec(e.slice(r));if(i){n+=i[0],r+=i[0].length-1;continue}}e[r]===`\\`&&(e[r+1]===`[`||e[r+1]===`]`)?(n+=e[r+1],r++):n+=e[r]}return n}function gl(e,t,n,r,i){let a=t.href,o=t.title||null,s=hl(e[1],i),c=e[0].charAt(0)===`!`,l=r.state.inLink,u=r.state.linkEmitted,d=r.state.inRawBlock;r.state.inLink=!0,r.state.linkEmitted=!1;let f=r.inlineTokens(s),p=r.state.linkEmitted;if(r.state.linkEmitted=u,r.state.inLink=l,!c){if(p){r.state.inRawBlock=d;return}r.state.linkEmitted=!0}return{type:c?`image`:`link`,raw:n,href:a,title:o,text:s,tokens:f}}function _l(e,t,n){let r=e.match(n.other.indentCodeCompensation);if(r===null)return t;let i=r[1];return t.split(`
`).map(e=>{let t=e.match(n.other.beginningSpace);if(t===null)return e;let[r]=t;return e.slice(Math.min(r.length,i.length))}).join(`
`)}function vl(e,t,n,r){if(!t.includes(`<`))return!1;for(let i=0;i<t.length;i++){if(t[i]===`\\`){i++;continue}if(t[i]==="`"){let e=r.inline.code.exec(t.slice(i));if(e){i+=e[0].length-1;continue}}if(t[i]!==`<`)continue;let a=e.slice(n+i),o=r.inline.tag.exec(a)||r.inline.autolink.exec(a);if(o){if(o[0].length>t.length-i)return!0;i+=o[0].length-1}}return!1}var yl=class{options;rules;lexer;constructor(e){this.options=e||H}space(e){let t=this.rules.block.newline.exec(e);if(t&&t[0].length>0)return{type:`space`,raw:t[0]}}code(e){let t=this.rules.block.code.exec(e);if(t){let e=this.options.pedantic?t[0]:al(t[0]);return{type:`code`,raw:e,codeBlockStyle:`indented`,text:e.replace(this.rules.other.codeRemoveIndent,``)}}}fences(e){let t=this.rules.block.fences.exec(e);if(t){let e=t[0],n=_l(e,t[3]||``,this.rules);return t[3]!==void 0&&(n===``||n.endsWith(`
`))&&(n+=`
`),{type:`code`,raw:e,lang:t[2]?t[2].trim().replace(this.rules.inline.anyPunctuation,`$1`):t[2],text:n}}}heading(e){let t=this.rules.block.heading.exec(e);if(t){let e=t[2].trim();if(this.rules.other.endingHash.test(e)){let t=q(e,`#`);(this.options.pedantic||!t||this.rules.other.endingSpaceTabChar.test(t))&&(e=t.trim())}return{type:`heading`,raw:q(t[0],`
`),depth:t[1].length,text:e,tokens:this.lexer.inline(e)}}}hr(e){let t=this.rules.block.hr.exec(e);if(t)return{type:`hr`,raw:q(t[0],`
`)}}blockquote(e){let t=this.rules.block.blockquote.exec(e);if(t){let e=q(t[0],`
`).split(`
`),n=``,r=``,i=[];for(;e.length>0;){let t=!1,a=[],o=0;for(;o<e.length;o++)if(this.rules.other.blockquoteStart.test(e[o]))a.push(e[o]),t=!0;else if(!t)a.push(e[o]);else break;e=e.slice(o);let s=a.join(`
`),c=s.replace(this.rules.other.blockquoteMarkerWhitespace,(e,t,n)=>n.startsWith(` `)?t+` `+n.slice(1):t+ml(n,t.length)).replace(this.rules.other.blockquoteSetextReplace,`
    $1`).replace(this.rules.other.blockquoteSetextReplace2,``);n=n?`${n}
${s}`:s,r=r?`${r}
${c}`:c;let l=this.lexer.state.top;if(this.lexer.state.top=!0,this.lexer.blockTokens(c,i,!0),this.lexer.state.top=l,e.length===0)break;let u=i.at(-1);if(u?.type===`code`||u?.type===`heading`||u?.type===`hr`||u?.type===`html`||u?.type===`table`)break;if(u?.type===`blockquote`){let t=u,a=e.join(`
`),o=t.raw+`
`+a.replace(this.rules.other.blockquoteSetextReplace2,``),s=this.blockquote(o);i[i.length-1]=s;let c=o.substring(s.raw.length).replace(/^\n/,``),l=c?c.split(`
`).length:0,d=l?e.slice(0,-l):e;if(d.length>0&&(n=`${n}
${d.join(`
`)}`),r=r.substring(0,r.length-t.text.length)+s.text,e=e.slice(d.length),e.length>0&&this.rules.other.blockquoteStart.test(e[0]))continue;break}if(u?.type===`list`){let t=u,a=t.raw+`
`+e.join(`
`),o=this.list(a);i[i.length-1]=o;let s=o.raw.length>t.raw.length?a.slice(t.raw.length+1,o.raw.length).split(`
`).length:0;if(s>0){let t=e.slice(0,s).join(`
`);n=`${n}
${t}`,r=`${r}
${t}`}if(e=e.slice(s),e.length>0&&!this.rules.other.blockquoteStart.test(e[0]))break}}return{type:`blockquote`,raw:n,tokens:i,text:r}}}list(e){let t=this.rules.block.list.exec(e);if(t){if(!this.options.pedantic&&this.lexer.state.lastToken?.type===`text`&&!this.rules.other.listInterruptsParagraph.test(e))return;let n=e,r=()=>n.length-e.length,i=t[1].trim(),a=i.length>1,o={type:`list`,raw:``,ordered:a,start:a?+i.slice(0,-1):``,loose:!1,items:[]};i=a?`\\d{1,9}\\${i.slice(-1)}`:`\\${i}`,this.options.pedantic&&(i=a?i:`[*+-]`);let s=this.rules.other.listItemRegex(i),c=!1;for(;e;){let i=!1,a=``;if(!(t=s.exec(e))||this.rules.block.hr.test(e))break;let l=r();e=e.substring(t[0].length);let u=t[2].split(`
`,1)[0],d=t[1].length,f=this.options.pedantic?ml(u,d):u.replace(this.rules.other.leadingSpaceTab,e=>ml(e,d)),p=e.split(`
`,1)[0],m=!f.trim(),h=0;if(this.options.pedantic?(h=2,a=f.trimStart()):m?h=d+1:(h=f.search(this.rules.other.nonSpaceChar),h=h>4?1:h,a=f.slice(h),h+=d),m&&this.rules.other.blankLine.test(p)&&(e=e.substring(p.length+1),i=!0),!i){let t=this.rules.other.nextBulletRegex(h),n=this.rules.other.hrRegex(h),r=this.rules.other.fencesBeginRegex(h),i=this.options.pedantic?this.rules.other.pedanticHeadingBeginRegex(h):this.rules.other.headingBeginRegex(h),o=this.rules.other.htmlBeginRegex(h),s=this.rules.other.blockquoteBeginRegex(h),c=!1;for(;e;){let l=e.split(`
`,1)[0],u;if(p=l,this.options.pedantic?(p=p.replace(this.rules.other.listReplaceNesting,`  `),u=p):u=p.replace(this.rules.other.leadingSpaceTab,e=>ml(e)),r.test(p)||i.test(p)||o.test(p)||s.test(p)||t.test(p)||n.test(p))break;if(u.search(this.rules.other.nonSpaceChar)>=h||!p.trim())a+=`
`+u.slice(h),c=!1;else{if(m)break;let e=f;if(!this.options.pedantic&&!a.includes(`
`)&&!f.includes(`	`)){let t;for(;!n.test(e)&&(t=this.rules.other.nestedBlockMarker.exec(e));)e=e.slice(t[0].length);if(!e.trim())break}if(e.replace(this.rules.other.tabCharGlobal,`    `).search(this.rules.other.nonSpaceChar)>=4||r.test(e)||i.test(e)||o.test(e)||n.test(e))break;if(!this.options.pedantic&&!c){let e=f.replace(this.rules.other.nestedContainerMarkers,``);if(this.rules.block.fences.test(e)||this.rules.block.heading.test(e)||this.rules.block.hr.test(e))break}let t=!this.options.pedantic&&/^ {0,3}(?:=+|-+) *$/.test(p)&&this.rules.block.lheading.test(`${f}
${p}`)?`    ${u.replace(/^ {0,3}/,``)}`:p;a+=`
`+t,c=!0}m=!p.trim(),e=e.substring(l.length+1),f=u.slice(h)}}let ee=n.slice(l,r());o.loose||(c?o.loose=!0:this.rules.other.doubleBlankLine.test(ee)&&(c=!0)),o.items.push({type:`list_item`,raw:ee,task:!!this.options.gfm&&this.rules.other.listIsTask.test(a),loose:!1,text:a,tokens:[]})}let l=o.items.at(-1);if(l)l.raw=l.raw.trimEnd(),l.text=l.text.trimEnd();else return;o.raw=n.slice(0,r()).trimEnd();let u=[];for(let e of o.items)if(this.lexer.state.top=!1,u.push(this.lexer.inlineQueue.length),e.tokens=this.lexer.blockTokens(e.text,[]),!o.loose){let t=e.tokens.filter(e=>e.type===`space`);o.loose=t.length>0&&t.some(e=>this.rules.other.anyLine.test(e.raw))}for(let e=0;e<o.items.length;e++){let t=o.items[e],n=t.tokens[0];if(t.task&&(n?.type===`text`||n?.type===`paragraph`)){t.text=t.text.replace(this.rules.other.listReplaceTask,``),n.raw=n.raw.replace(this.rules.other.listReplaceTask,``),n.text=n.text.replace(this.rules.other.listReplaceTask,``);let r=this.lexer.inlineQueue;for(let t=u[e];t<r.length;t++)if(r[t].tokens===n.tokens){r[t].src=r[t].src.replace(this.rules.other.listReplaceTask,``);break}let i=this.rules.other.listTaskCheckbox.exec(t.raw);if(i){let e={type:`checkbox`,raw:i[0]+` `,checked:i[0]!==`[ ]`};t.checked=e.checked,o.loose?t.tokens[0]&&[`paragraph`,`text`].includes(t.tokens[0].type)&&`tokens`in t.tokens[0]&&t.tokens[0].tokens?(t.tokens[0].raw=e.raw+t.tokens[0].raw,t.tokens[0].text=e.raw+t.tokens[0].text,t.tokens[0].tokens.unshift(e)):t.tokens.unshift({type:`paragraph`,raw:e.raw,text:e.raw,tokens:[e]}):t.tokens.unshift(e)}}else t.task&&=!1}if(o.loose)for(let e of o.items){e.loose=!0;for(let t of e.tokens)t.type===`text`&&(t.type=`paragraph`)}return o}}html(e){let t=this.rules.block.html.exec(e);if(t){if(this.lexer.state.lastToken?.type===`paragraph`&&!this.rules.other.htmlBeginRegex(4).test(e))return;let n=al(t[0]);return{type:`html`,block:!0,raw:n,pre:t[1]===`pre`||t[1]===`script`||t[1]===`style`,text:n}}}def(e){let t=this.rules.block.def.exec(e);if(t){if(!this.rules.other.startAngleBracket.test(t[2])&&sl(t[2],`()`)!==-1)return;let e=ol(t[1]),n=t[2]?t[2].replace(this.rules.other.hrefBrackets,`$1`).replace(this.rules.inline.anyPunctuation,`$1`):``,r=t[3]?t[3].substring(1,t[3].length-1).replace(this.rules.inline.anyPunctuation,`$1`):t[3];return{type:`def`,tag:e,raw:q(t[0],`
`),href:n,title:r}}}table(e){let t=this.rules.block.table.exec(e);if(!t||!this.rules.other.tableDelimiter.test(t[2]))return;let n=il(t[1]),r=t[2].replace(this.rules.other.tableAlignChars,``).split(`|`),i=t[3]?.trim()?t[3].replace(this.rules.other.tableRowBlankLine,``).split(`
`):[],a={type:`table`,raw:q(t[0],`
`),header:[],align:[],rows:[]};if(n.length===r.length){for(let e of r)this.rules.other.tableAlignRight.test(e)?a.align.push(`right`):this.rules.other.tableAlignCenter.test(e)?a.align.push(`center`):this.rules.other.tableAlignLeft.test(e)?a.align.push(`left`):a.align.push(null);for(let e=0;e<n.length;e++)a.header.push({text:n[e],tokens:this.lexer.inline(n[e]),header:!0,align:a.align[e]});for(let e of i)a.rows.push(il(e,a.header.length).map((e,t)=>({text:e,tokens:this.lexer.inline(e),header:!1,align:a.align[t]})));return a}}lheading(e){let t=this.rules.block.lheading.exec(e);if(t){let e=t[1].trim();return{type:`heading`,raw:q(t[0],`
`),depth:t[2].charAt(0)===`=`?1:2,text:e,tokens:this.lexer.inline(e)}}}paragraph(e){let t=this.rules.block.paragraph.exec(e);if(t){let e=t[1].charAt(t[1].length-1)===`
`?t[1].slice(0,-1):t[1];return{type:`paragraph`,raw:t[0],text:e,tokens:this.lexer.inline(e)}}}text(e){let t=this.rules.block.text.exec(e);if(t)return{type:`text`,raw:t[0],text:t[0],tokens:this.lexer.inline(t[0])}}escape(e){if(e.charCodeAt(0)!==92)return;let t=this.rules.inline.escape.exec(e);if(t)return{type:`escape`,raw:t[0],text:t[1]}}tag(e){if(e.charCodeAt(0)!==60)return;let t=this.rules.inline.tag.exec(e);if(t)return!this.lexer.state.inLink&&this.rules.other.startATag.test(t[0])?this.lexer.state.inLink=!0:this.lexer.state.inLink&&this.rules.other.endATag.test(t[0])&&(this.lexer.state.inLink=!1),!this.lexer.state.inRawBlock&&this.rules.other.startPreScriptTag.test(t[0])?this.lexer.state.inRawBlock=!0:this.lexer.state.inRawBlock&&this.rules.other.endPreScriptTag.test(t[0])&&(this.lexer.state.inRawBlock=!1),{type:`html`,raw:t[0],inLink:this.lexer.state.inLink,inRawBlock:this.lexer.state.inRawBlock,block:!1,text:t[0]}}link(e){if(this.lexer.state.linkParenPossible===!1)return;let t=e.charCodeAt(0);if(t!==91&&t!==33)return;let n=this.rules.inline.link.exec(e);if(n){let t=n[0].charAt(0)===`!`?2:1;if(!this.options.pedantic&&vl(e,n[1],t,this.rules))return;let r=n[2].trim();if(!this.options.pedantic&&this.rules.other.startAngleBracket.test(r)){if(!this.rules.other.endAngleBracket.test(r))return;let e=q(r.slice(0,-1),`\\`);if((r.length-e.length)%2==0)return}else{let e=sl(n[2],`()`);if(e===-2)return;if(e>-1){let t=(n[0].indexOf(`!`)===0?5:4)+n[1].length+e;n[2]=n[2].substring(0,e),n[0]=n[0].substring(0,t).trim(),n[3]=``}}let i=q(n[0].slice(0,-1),`\\`);if((n[0].length-i.length)%2==0)return;let a=n[2],o=``;if(this.options.pedantic){let e=this.rules.other.pedanticHrefTitle.exec(a);e&&(a=e[1],o=e[3])}else o=n[3]?n[3].slice(1,-1):``;return a=a.trim(),this.rules.other.startAngleBracket.test(a)&&(a=this.options.pedantic&&!this.rules.other.endAngleBracket.test(r)?a.slice(1):a.slice(1,-1)),gl(n,{href:a&&a.replace(this.rules.inline.anyPunctuation,`$1`),title:o&&o.replace(this.rules.inline.anyPunctuation,`$1`)},n[0],this.lexer,this.rules)}}reflink(e,t){let n=e.charCodeAt(0);if(n!==91&&n!==33)return;let r;if((r=this.rules.inline.reflink.exec(e))||(r=this.rules.inline.nolink.exec(e))){let n=r[0].charAt(0)===`!`?2:1;if(!this.options.pedantic&&vl(e,r[1],n,this.rules))return;let i=t[ol(r[2]||r[1])];if(!i){let e=r[0].charAt(0);return{type:`text`,raw:e,text:e}}return gl(r,i,r[0],this.lexer,this.rules)}}emStrong(e,t,n=``){let r=this.rules.inline.emStrongLDelim.exec(e);if(!r||!r[1]&&!r[2]&&!r[3]&&!r[4])return;let i=r[0][0],a=n===i,o=t.length-e.length,s=o;for(;!this.options.pedantic&&s>0&&t[s-1]===i;)s--;let c=[...t.slice(Math.max(0,s-2),s)].at(-1)??``,l=c===`*`||c===`_`||!!this.rules.inline.punctuation.exec(c);s<o&&(n=c);let u=s<o?l:n===`*`||n===`_`||!!this.rules.inline.punctuation.exec(n);if(r[4]&&n.match(this.rules.other.unicodeAlphaNumeric))return;let d=r[1]||r[3]||``;if(!d||!n||u){let n=[...r[0]].length-1,u,f,p=n,m=0,h=o-s+n,ee=!this.options.pedantic&&!!c.trim()&&(!!d||i===`*`&&!l);if(i!==`*`&&i!==`_`)return;let te=i===`*`?this.rules.inline.emStrongRDelimAst:this.rules.inline.emStrongRDelimUnd,ne=fl(this,t,i),re=t.length-e.length+n;if(ne<re)return;t=t.slice(-1*e.length+n);let ie=ne-re;for(te.lastIndex=0;(r=te.exec(t))!==null&&!(r.index>ie);){if(u=r[1]||r[2]||r[3]||r[4]||r[5]||r[6],!u)continue;if(f=[...u].length,r[3]||r[4]){p+=f;continue}if((r[5]||r[6]||ee)&&h%3&&!((h+f)%3)){if(a&&(r[5]||r[6]))break;m+=f;continue}if(p-=f,p>0)continue;f=Math.min(f,f+p+m);let t=[...r[0]][0].length,i=e.slice(0,n+r.index+t+f);if(Math.min(n,f)%2){let e=i.slice(1,-1);return{type:`em`,raw:i,text:e,tokens:this.lexer.inlineTokens(e)}}let o=i.slice(2,-2);return{type:`strong`,raw:i,text:o,tokens:this.lexer.inlineTokens(o)}}}}codespan(e){if(e.charCodeAt(0)!==96)return;let t=this.rules.inline.code.exec(e);if(t){let e=t[2].replace(this.rules.other.newLineCharGlobal,` `),n=this.rules.other.nonSpaceChar.test(e),r=this.rules.other.startingSpaceChar.test(e)&&this.rules.other.endingSpaceChar.test(e);return n&&r&&(e=e.substring(1,e.length-1)),{type:`codespan`,raw:t[0],text:e}}}br(e){let t=e.charCodeAt(0);if(t!==32&&t!==92&&t!==10)return;let n=this.rules.inline.br.exec(e);if(n)return{type:`br`,raw:n[0]}}del(e,t,n=``){if(e.charCodeAt(0)!==126)return;let r=this.rules.inline.delLDelim.exec(e);if(r&&(!r[1]||!n||this.rules.inline.punctuation.exec(n))){let n=[...r[0]].length-1,i,a,o=n,s=this.rules.inline.delRDelim,c=pl(this,t),l=t.length-e.length+n;if(c<l)return;t=t.slice(-1*e.length+n);let u=c-l;for(s.lastIndex=0;(r=s.exec(t))!==null&&!(r.index>u);){if(i=r[1]||r[2]||r[3]||r[4]||r[5]||r[6],!i||(a=[...i].length,a!==n))continue;if(r[3]||r[4]){o+=a;continue}if(o-=a,o>0)continue;a=Math.min(a,a+o);let t=[...r[0]][0].length,s=e.slice(0,n+r.index+t+a),c=s.slice(n,-n);return{type:`del`,raw:s,text:c,tokens:this.lexer.inlineTokens(c)}}}}autolink(e){if(e.charCodeAt(0)!==60)return;let t=this.rules.inline.autolink.exec(e);if(t){let e,n;return t[2]===`@`?(e=t[1],n=`mailto:`+e):(e=t[1],n=e),{type:`link`,raw:t[0],text:e,href:n,autolink:!0,tokens:[{type:`text`,raw:e,text:e}]}}}url(e){let t;if(t=this.rules.inline.url.exec(e)){let e,n;if(t[2]===`@`)e=t[0],n=`mailto:`+e;else{let r;do r=t[0],t[0]=this.rules.inline._backpedal.exec(t[0])?.[0]??``;while(r!==t[0]);e=t[0],n=t[1]===`www.`?`http://`+t[0]:t[0]}return{type:`link`,raw:t[0],text:e,href:n,autolink:!0,tokens:[{type:`text`,raw:e,text:e}]}}}inlineText(e){let t=this.rules.inline.text.exec(e);if(t){let e=this.lexer.state.inRawBlock;return{type:`text`,raw:t[0],text:e?t[0]:nl(t[0]),escaped:e}}}},J=class e{tokens;options;state;inlineQueue;tokenizer;constructor(e){this.tokens=[],this.tokens.links=Object.create(null),this.options=e||H,this.options.tokenizer=this.options.tokenizer||new yl,this.tokenizer=this.options.tokenizer,this.tokenizer.options=this.options,this.tokenizer.lexer=this,this.inlineQueue=[],this.state={inLink:!1,inRawBlock:!1,linkEmitted:!1,linkParenPossible:!0,top:!0};let t={other:W,block:Qc.normal,inline:$c.normal};this.options.pedantic?(t.block=Qc.pedantic,t.inline=$c.pedantic):this.options.gfm&&(t.block=Qc.gfm,t.inline=this.options.breaks?$c.breaks:$c.gfm),this.tokenizer.rules=t}static get rules(){return{block:Qc,inline:$c}}static lex(t,n){return new e(n).lex(t)}static lexInline(t,n){return new e(n).inlineTokens(t)}lex(e){e=e.replace(W.carriageReturn,`
`),this.blockTokens(e,this.tokens);for(let e=0;e<this.inlineQueue.length;e++){let t=this.inlineQueue[e];this.state.inRawBlock=!1,this.inlineTokens(t.src,t.tokens)}return this.inlineQueue=[],this.tokens}blockTokens(e,t=[],n=!1){this.tokenizer.lexer=this;let r=this.state.lastToken;this.options.pedantic&&(e=e.replace(W.tabCharGlobal,`    `).replace(W.spaceLine,``));let i=1/0,a,o=this.options.gfm&&!this.options.pedantic&&this.tokenizer.paragraph===yl.prototype.paragraph;for(;e;){if(e.length<i)i=e.length;else{this.infiniteLoopError(e.charCodeAt(0));break}this.state.lastToken=t.at(-1);let r;if(this.options.extensions?.block?.some(n=>(r=n.call({lexer:this},e,t))?(e=e.substring(r.raw.length),t.push(r),!0):!1))continue;if(r=this.tokenizer.space(e)){e=e.substring(r.raw.length);let n=t.at(-1);r.raw.length===1&&n!==void 0?n.raw+=`
`:t.push(r);continue}if(r=this.tokenizer.code(e)){e=e.substring(r.raw.length);let n=t.at(-1);n?.type===`paragraph`||n?.type===`text`?(n.raw+=(n.raw.endsWith(`
`)?``:`
`)+r.raw,n.text+=`
`+r.text,this.inlineQueue.at(-1).src=n.text):t.push(r);continue}if((r=this.tokenizer.fences(e))||(r=this.tokenizer.heading(e))||(r=this.tokenizer.hr(e))||(r=this.tokenizer.blockquote(e))||(r=this.tokenizer.list(e))||(r=this.tokenizer.html(e))){e=e.substring(r.raw.length),t.push(r);continue}if(r=this.tokenizer.def(e)){e=e.substring(r.raw.length);let n=t.at(-1);n?.type===`paragraph`||n?.type===`text`?(n.raw+=(n.raw.endsWith(`
`)?``:`
`)+r.raw,n.text+=`
`+r.raw,this.inlineQueue.at(-1).src=n.text):(this.tokens.links[r.tag]||(this.tokens.links[r.tag]={href:r.href,title:r.title}),t.push(r));continue}if((r=this.tokenizer.table(e))||(r=this.tokenizer.lheading(e))){e=e.substring(r.raw.length),t.push(r);continue}let s=e;if(this.options.extensions?.startBlock){let t=1/0,n=e.slice(1),r;this.options.extensions.startBlock.forEach(e=>{r=e.call({lexer:this},n),typeof r==`number`&&r>=0&&(t=Math.min(t,r))}),t<1/0&&t>=0&&(s=e.substring(0,t+1))}if(this.state.top&&(r=this.tokenizer.paragraph(s))){let i=t.at(-1);(n||i===a&&o)&&i?.type===`paragraph`?(i.raw+=(i.raw.endsWith(`
`)?``:`
`)+r.raw,i.text+=`
`+r.text,this.inlineQueue.pop(),this.inlineQueue.at(-1).src=i.text,a=i):(t.push(r),a=r),n=s.length!==e.length,e=e.substring(r.raw.length)}else if(r=this.tokenizer.text(e)){e=e.substring(r.raw.length);let n=t.at(-1);n?.type===`text`?(n.raw+=(n.raw.endsWith(`
`)?``:`
`)+r.raw,n.text+=`
`+r.text,this.inlineQueue.pop(),this.inlineQueue.at(-1).src=n.text):t.push(r)}else if(e){this.infiniteLoopError(e.charCodeAt(0));break}}return this.state.top=!0,this.state.lastToken=r,t}inline(e,t=[]){return this.inlineQueue.push({src:e,tokens:t}),t}linkInText(e){if(!e.includes(`[`))return!1;let t=this.tokenizer.rules.inline.link;for(let n of e.matchAll(this.tokenizer.rules.inline.blockSkip))if(t.test(n[0])&&e.charAt(n.index-1)!==`!`)return!0;for(let t of e.matchAll(this.tokenizer.rules.inline.reflinkSearch)){let e=t[0],n=e.lastIndexOf(`[`);if(e.charAt(0)!==`!`&&Object.hasOwn(this.tokens.links,ol(e.slice(n+1,-1)))&&!(n>1&&this.linkInText(e.slice(1,n-1))))return!0}return!1}inlineTokens(e,t=[]){this.tokenizer.lexer=this;let n=this.state.linkParenPossible;this.state.linkParenPossible=e.includes(`)`);try{return this.#e(e,t)}finally{this.state.linkParenPossible=n}}#e(e,t){let n=e.includes(`*`)||e.includes(`_`)||e.includes(`~`),r=n||this.options.hooks?.emStrongMask||this.tokenizer.emStrong!==yl.prototype.emStrong||this.tokenizer.del!==yl.prototype.del?this.#r(e):e;if(!n)return this.#t(e,r,t);ul(this.tokenizer,r);try{return this.#t(e,r,t)}finally{dl(this.tokenizer)}}#t(e,t,n){let r=!1,i=``,a=1/0;for(;e;){if(e.length<a)a=e.length;else{this.infiniteLoopError(e.charCodeAt(0));break}r||(i=``),r=!1;let o;if(this.options.extensions?.inline?.some(t=>(o=t.call({lexer:this},e,n))?(e=e.substring(o.raw.length),n.push(o),!0):!1))continue;if((o=this.tokenizer.escape(e))||(o=this.tokenizer.tag(e))||(o=this.tokenizer.link(e))){e=e.substring(o.raw.length),n.push(o);continue}if(o=this.tokenizer.reflink(e,this.tokens.links)){e=e.substring(o.raw.length);let t=n.at(-1);o.type===`text`&&t?.type===`text`?(t.raw+=o.raw,t.text+=o.text):n.push(o);continue}let s=e[0];if(s===`*`||s===`_`){let a=t.length-e.length;if(fl(this.tokenizer,t,s)<=a){let t=1;for(;t<e.length&&e.charCodeAt(t)===s.charCodeAt(0);)t++;let a=e.substring(0,t),o=n.at(-1);o?.type===`text`&&!o.escaped?(o.raw+=a,o.text+=a):n.push({type:`text`,raw:a,text:a,escaped:!1}),e=e.substring(t),i=s,r=!0;continue}}else if(s===`~`){let a=t.length-e.length;if(pl(this.tokenizer,t)<=a){let t=1;for(;t<e.length&&e.charCodeAt(t)===126;)t++;let a=e.substring(0,t),o=n.at(-1);o?.type===`text`&&!o.escaped?(o.raw+=a,o.text+=a):n.push({type:`text`,raw:a,text:a,escaped:!1}),e=e.substring(t),i=s,r=!0;continue}}if((o=this.tokenizer.emStrong(e,t,i))||(o=this.tokenizer.codespan(e))||(o=this.tokenizer.br(e))||(o=this.tokenizer.del(e,t,i))||(o=this.tokenizer.autolink(e))||!this.state.inLink&&(o=this.tokenizer.url(e))){e=e.substring(o.raw.length),n.push(o);continue}let c=e;if(this.options.extensions?.startInline){let t=1/0,n=e.slice(1),r;this.options.extensions.startInline.forEach(e=>{r=e.call({lexer:this},n),typeof r==`number`&&r>=0&&(t=Math.min(t,r))}),t<1/0&&t>=0&&(c=e.substring(0,t+1))}if(o=this.tokenizer.inlineText(c)){e=e.substring(o.raw.length),o.raw.slice(-1)!==`_`&&(i=o.raw.slice(-1)),r=!0;let t=n.at(-1);t?.type===`text`?(t.raw+=o.raw,t.text+=o.text):n.push(o)}else if(e){this.infiniteLoopError(e.charCodeAt(0));break}}return n}#n(e){let{blockSkip:t,tag:n,autolink:r}=this.tokenizer.rules.inline,i=``,a=0,o;for(t.lastIndex=0;o=t.exec(e);){let s=o.index+(o[2]?o[2].length:0),c=o.index+o[0].length;if(e.charAt(s)===`<`){let i=e.slice(s),a=n.exec(i)||r.exec(i);if(!a){t.lastIndex=s+1;continue}c=s+a[0].length,t.lastIndex=c}i+=e.slice(a,s)+`[`+`a`.repeat(c-s-2)+`]`,a=c}return i+e.slice(a)}#r(e){let t=e;if(this.tokens.links&&e.includes(`[`)){let e=this.tokenizer.rules.inline.reflinkSearch,n=t=>{let r=t.lastIndexOf(`[`);if(!Object.hasOwn(this.tokens.links,ol(t.slice(r+1,-1))))return t;if(r>1&&t.charAt(0)!==`!`){let i=t.slice(1,r-1);if(this.linkInText(i))return`[`+i.replace(e,n)+`][`+`a`.repeat(t.length-r-2)+`]`}return`[`+`a`.repeat(t.length-2)+`]`};t=t.replace(e,n)}return t=t.replace(this.tokenizer.rules.inline.anyPunctuationOutsideCode,(e,t,n)=>n?`+`.repeat(e.length):t?t+e.slice(t.length,-t.length).replace(/`/g,`+`)+t:e),t=this.#n(t),t=this.options.hooks?.emStrongMask?.call({lexer:this},t)??t,t}infiniteLoopError(e){let t=`Infinite loop on byte: `+e;if(this.options.silent)console.error(t);else throw Error(t)}},bl=class{options;parser;constructor(e){this.options=e||H}space(e){return``}code({text:e,lang:t,escaped:n}){let r=(t||``).match(W.notSpaceStart)?.[0],i=e?e.replace(W.endingNewline,``)+`
`:``;return r?`<pre><code class="language-`+K(r)+`">`+(n?i:K(i,!0))+`</code></pre>
`:`<pre><code>`+(n?i:K(i,!0))+`</code></pre>
`}blockquote({tokens:e}){return`<blockquote>
${this.parser.parse(e)}</blockquote>
`}html({text:e}){return e}def(e){return``}heading({tokens:e,depth:t}){return`<h${t}>${this.parser.parseInline(e)}</h${t}>
`}hr(e){return`<hr>
`}list(e){let t=e.ordered,n=e.start,r=``;for(let t=0;t<e.items.length;t++){let n=e.items[t];r+=this.listitem(n)}let i=t?`ol`:`ul`,a=t&&n!==1?` start="`+n+`"`:``;return`<`+i+a+`>
`+r+`</`+i+`>
`}listitem(e){return`<li>${this.parser.parse(e.tokens)}</li>
`}checkbox({checked:e}){return`<input `+(e?`checked="" `:``)+`disabled="" type="checkbox"> `}paragraph({tokens:e}){return`<p>${this.parser.parseInline(e)}</p>
`}table(e){let t=``,n=``;for(let t=0;t<e.header.length;t++)n+=this.tablecell(e.header[t]);t+=this.tablerow({text:n});let r=``;for(let t=0;t<e.rows.length;t++){let i=e.rows[t];n=``;for(let e=0;e<i.length;e++)n+=this.tablecell(i[e]);r+=this.tablerow({text:n})}return r&&=`<tbody>${r}</tbody>`,`<table>
<thead>
`+t+`</thead>
`+r+`</table>
`}tablerow({text:e}){return`<tr>
${e}</tr>
`}tablecell(e){let t=this.parser.parseInline(e.tokens),n=e.header?`th`:`td`;return(e.align?`<${n} align="${e.align}">`:`<${n}>`)+t+`</${n}>
`}strong({tokens:e}){return`<strong>${this.parser.parseInline(e)}</strong>`}em({tokens:e}){return`<em>${this.parser.parseInline(e)}</em>`}codespan({text:e}){return`<code>${K(e,!0)}</code>`}br(e){return`<br>`}del({tokens:e}){return`<del>${this.parser.parseInline(e)}</del>`}link({href:e,title:t,text:n,tokens:r,autolink:i}){let a=i?K(n,!0):this.parser.parseInline(r),o=rl(e);if(o===null)return a;e=K(o,i);let s=`<a href="`+e+`"`;return t&&(s+=` title="`+K(t)+`"`),s+=`>`+a+`</a>`,s}image({href:e,title:t,text:n,tokens:r}){r&&(n=this.parser.parseInline(r,this.parser.textRenderer));let i=rl(e);if(i===null)return K(n);e=i;let a=`<img src="${K(e)}" alt="${K(n)}"`;return t&&(a+=` title="${K(t)}"`),a+=`>`,a}text(e){return`tokens`in e&&e.tokens?this.parser.parseInline(e.tokens):`escaped`in e&&e.escaped?e.text:K(e.text)}},xl=class{parser;strong({text:e,tokens:t}){return t?this.parser.parseInline(t,this):e}em({text:e,tokens:t}){return t?this.parser.parseInline(t,this):e}codespan({text:e}){return e}del({text:e,tokens:t}){return t?this.parser.parseInline(t,this):e}html({text:e}){return e}text({text:e}){return e}link({text:e,tokens:t}){return t?this.parser.parseInline(t,this):e}image({text:e,tokens:t}){return t?this.parser.parseInline(t,this):e}br(){return`
`}checkbox({raw:e}){return e}},Y=class e{options;renderer;textRenderer;constructor(e){this.options=e||H,this.options.renderer=this.options.renderer||new bl,this.renderer=this.options.renderer,this.renderer.options=this.options,this.renderer.parser=this,this.textRenderer=new xl,this.textRenderer.parser=this}static parse(t,n){return new e(n).parse(t)}static parseInline(t,n){return new e(n).parseInline(t)}parse(e){this.renderer.parser=this;let t=``;for(let n=0;n<e.length;n++){let r=e[n];if(this.options.extensions?.renderers?.[r.type]){let e=r,n=this.options.extensions.renderers[e.type].call({parser:this},e);if(n!==!1||![`space`,`hr`,`heading`,`code`,`table`,`blockquote`,`list`,`checkbox`,`html`,`def`,`paragraph`,`text`].includes(e.type)){t+=n===!1?``:n??``;continue}}let i=r;switch(i.type){case`space`:t+=this.renderer.space(i);break;case`hr`:t+=this.renderer.hr(i);break;case`heading`:t+=this.renderer.heading(i);break;case`code`:t+=this.renderer.code(i);break;case`table`:t+=this.renderer.table(i);break;case`blockquote`:t+=this.renderer.blockquote(i);break;case`list`:t+=this.renderer.list(i);break;case`checkbox`:t+=this.renderer.checkbox(i);break;case`html`:t+=this.renderer.html(i);break;case`def`:t+=this.renderer.def(i);break;case`paragraph`:t+=this.renderer.paragraph(i);break;case`text`:t+=this.renderer.text(i);break;default:{let e=`Token with "`+i.type+`" type was not found.`;if(this.options.silent)return console.error(e),``;throw Error(e)}}}return t}parseInline(e,t=this.renderer){this.renderer.parser=this;let n=``;for(let r=0;r<e.length;r++){let i=e[r];if(this.options.extensions?.renderers?.[i.type]){let e=this.options.extensions.renderers[i.type].call({parser:this},i);if(e!==!1||![`escape`,`html`,`link`,`image`,`checkbox`,`strong`,`em`,`codespan`,`br`,`del`,`text`].includes(i.type)){n+=e===!1?``:e??``;continue}}let a=i;switch(a.type){case`escape`:n+=t.text(a);break;case`html`:n+=t.html(a);break;case`link`:n+=t.link(a);break;case`image`:n+=t.image(a);break;case`checkbox`:n+=t.checkbox(a);break;case`strong`:n+=t.strong(a);break;case`em`:n+=t.em(a);break;case`codespan`:n+=t.codespan(a);break;case`br`:n+=t.br(a);break;case`del`:n+=t.del(a);break;case`text`:n+=t.text(a);break;default:{let e=`Token with "`+a.type+`" type was not found.`;if(this.options.silent)return console.error(e),``;throw Error(e)}}}return n}},Sl=class{options;block;constructor(e){this.options=e||H}static passThroughHooks=new Set([`preprocess`,`postprocess`,`processAllTokens`,`emStrongMask`]);static passThroughHooksRespectAsync=new Set([`preprocess`,`postprocess`,`processAllTokens`]);preprocess(e){return e}postprocess(e){return e}processAllTokens(e){return e}emStrongMask(e){return e}provideLexer(e=this.block){return e?J.lex:J.lexInline}provideParser(e=this.block){return e?Y.parse:Y.parseInline}};function X(e,t){if(Array.isArray(t))for(let n=0;n<t.length;n++)e.push(t[n]);else e.push(t)}var Cl=new class{defaults=Ns();options=this.setOptions;parse=this.parseMarkdown(!0);parseInline=this.parseMarkdown(!1);Parser=Y;Renderer=bl;TextRenderer=xl;Lexer=J;Tokenizer=yl;Hooks=Sl;constructor(...e){this.use(...e)}walkTokens(e,t){let n=[];for(let r of e)switch(X(n,t.call(this,r)),r.type){case`table`:{let e=r;for(let r of e.header)X(n,this.walkTokens(r.tokens,t));for(let r of e.rows)for(let e of r)X(n,this.walkTokens(e.tokens,t));break}case`list`:{let e=r;X(n,this.walkTokens(e.items,t));break}default:{let e=r;this.defaults.extensions?.childTokens?.[e.type]?this.defaults.extensions.childTokens[e.type].forEach(r=>{let i=e[r].flat(1/0);X(n,this.walkTokens(i,t))}):e.tokens&&X(n,this.walkTokens(e.tokens,t))}}return n}use(...e){let t=this.defaults.extensions||{renderers:Object.create(null),childTokens:Object.create(null)};return e.forEach(e=>{let n={...e};if(n.async=this.defaults.async||n.async||!1,e.extensions&&(e.extensions.forEach(e=>{if(!e.name)throw Error(`extension name required`);if(`renderer`in e){let n=t.renderers[e.name];n?t.renderers[e.name]=function(...t){let r=e.renderer.apply(this,t);return r===!1&&(r=n.apply(this,t)),r}:t.renderers[e.name]=e.renderer}if(`tokenizer`in e){if(!e.level||e.level!==`block`&&e.level!==`inline`)throw Error(`extension level must be 'block' or 'inline'`);let n=t[e.level];n?n.unshift(e.tokenizer):t[e.level]=[e.tokenizer],e.start&&(e.level===`block`?t.startBlock?t.startBlock.push(e.start):t.startBlock=[e.start]:e.level===`inline`&&(t.startInline?t.startInline.push(e.start):t.startInline=[e.start]))}`childTokens`in e&&e.childTokens&&(t.childTokens[e.name]=e.childTokens)}),n.extensions=t),e.renderer){let t=this.defaults.renderer||new bl(this.defaults);for(let n in e.renderer){if(!(n in t))throw Error(`renderer '${n}' does not exist`);if([`options`,`parser`].includes(n))continue;let r=n,i=e.renderer[r],a=t[r];t[r]=(...e)=>{let n=i.apply(t,e);return n===!1&&(n=a.apply(t,e)),n===!1?``:n??``}}n.renderer=t}if(e.tokenizer){let t=this.defaults.tokenizer||new yl(this.defaults);for(let n in e.tokenizer){if(!(n in t))throw Error(`tokenizer '${n}' does not exist`);if([`options`,`rules`,`lexer`].includes(n))continue;let r=n,i=e.tokenizer[r],a=t[r];t[r]=(...e)=>{let n=i.apply(t,e);return n===!1&&(n=a.apply(t,e)),n}}n.tokenizer=t}if(e.hooks){let t=this.defaults.hooks||new Sl;for(let n in e.hooks){if(!(n in t))throw Error(`hook '${n}' does not exist`);if([`options`,`block`].includes(n))continue;let r=n,i=e.hooks[r],a=t[r];t[r]=Sl.passThroughHooks.has(n)?e=>{if(t.options.async&&Sl.passThroughHooksRespectAsync.has(n))return(async()=>{let n=await i.call(t,e);return a.call(t,n)})();let r=i.call(t,e);return a.call(t,r)}:(...e)=>{if(t.options.async)return(async()=>{let n=await i.apply(t,e);return n===!1&&(n=await a.apply(t,e)),n})();let n=i.apply(t,e);return n===!1&&(n=a.apply(t,e)),n}}n.hooks=t}if(e.walkTokens){let t=this.defaults.walkTokens,r=e.walkTokens;n.walkTokens=function(e){let n=[];return X(n,r.call(this,e)),t&&X(n,t.call(this,e)),n}}this.defaults={...this.defaults,...n}}),this}setOptions(e){return this.defaults={...this.defaults,...e},this}lexer(e,t){return J.lex(e,t??this.defaults)}parser(e,t){return Y.parse(e,t??this.defaults)}parseMarkdown(e){return(t,n)=>{let r={...n},i={...this.defaults,...r},a=this.onError(!!i.silent,!!i.async);if(this.defaults.async===!0&&r.async===!1)return a(Error(`marked(): The async option was set to true by an extension. Remove async: false from the parse options object to return a Promise.`));if(typeof t>`u`||t===null)return a(Error(`marked(): input parameter is undefined or null`));if(typeof t!=`string`)return a(Error(`marked(): input parameter is of type `+Object.prototype.toString.call(t)+`, string expected`));if(i.hooks&&(i.hooks.options=i,i.hooks.block=e),i.async)return(async()=>{let n=i.hooks?await i.hooks.preprocess(t):t,r=await(i.hooks?await i.hooks.provideLexer(e):e?J.lex:J.lexInline)(n,i),a=i.hooks?await i.hooks.processAllTokens(r):r;i.walkTokens&&await Promise.all(this.walkTokens(a,i.walkTokens));let o=await(i.hooks?await i.hooks.provideParser(e):e?Y.parse:Y.parseInline)(a,i);return i.hooks?await i.hooks.postprocess(o):o})().catch(a);try{i.hooks&&(t=i.hooks.preprocess(t));let n=(i.hooks?i.hooks.provideLexer(e):e?J.lex:J.lexInline)(t,i);i.hooks&&(n=i.hooks.processAllTokens(n)),i.walkTokens&&this.walkTokens(n,i.walkTokens);let r=(i.hooks?i.hooks.provideParser(e):e?Y.parse:Y.parseInline)(n,i);return i.hooks&&(r=i.hooks.postprocess(r)),r}catch(e){return a(e)}}}onError(e,t){return n=>{if(n.message+=`
Please report this to https://github.com/markedjs/marked.`,e){let e=`<p>An error occurred:</p><pre>`+K(n.message+``,!0)+`</pre>`;return t?Promise.resolve(e):e}if(t)return Promise.reject(n);throw n}}};function Z(e,t){return Cl.parse(e,t)}Z.options=Z.setOptions=function(e){return Cl.setOptions(e),Z.defaults=Cl.defaults,Ps(Z.defaults),Z},Z.getDefaults=Ns,Z.defaults=H;function wl(...e){return Cl.use(...e),Z.defaults=Cl.defaults,Ps(Z.defaults),Z}Z.use=wl,Z.walkTokens=function(e,t){return Cl.walkTokens(e,t)},Z.parseInline=Cl.parseInline,Z.Parser=Y,Z.parser=Y.parse,Z.Renderer=bl,Z.TextRenderer=xl,Z.Lexer=J,Z.lexer=J.lex,Z.Tokenizer=yl,Z.Hooks=Sl,Z.parse=Z,Z.options,Z.setOptions,Z.walkTokens,Z.parseInline,Y.parse,J.lex;function Tl(e,t=3){return Z.lexer(e).map(e=>El(e,t))}function El(e,t){switch(e.type){case`heading`:return Dl(Q(e),t+e.depth-1);case`paragraph`:return v`<p>${Q(e)}</p>`;case`list`:return Ol(e,t);case`blockquote`:return v`<blockquote>${e.tokens.map(e=>El(e,t))}</blockquote>`;case`code`:return v`<pre><code>${e.text}</code></pre>`;case`table`:return kl(e);case`hr`:return v`<hr />`;case`space`:case`def`:return``;case`text`:return Q(e);default:return v`<p>${e.raw}</p>`}}function Dl(e,t){return t<=2?v`<h2>${e}</h2>`:t===3?v`<h3>${e}</h3>`:t===4?v`<h4>${e}</h4>`:t===5?v`<h5>${e}</h5>`:v`<h6>${e}</h6>`}function Ol({ordered:e,items:t},n){let r=t.map(({tokens:e})=>v`<li>${e.map(e=>El(e,n))}</li>`);return e?v`<ol>${r}</ol>`:v`<ul>${r}</ul>`}function kl({header:e,rows:t}){return v`<div class="wide" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>${e.map(e=>v`<th scope="col">${Q(e)}</th>`)}</tr>
      </thead>
      <tbody>${t.map(e=>v`<tr>${e.map(e=>v`<td>${Q(e)}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`}function Q(e){return e.tokens?.map(Al)??Nl(e.text??``)}function Al(e){switch(e.type){case`strong`:return v`<strong>${Q(e)}</strong>`;case`em`:return v`<em>${Q(e)}</em>`;case`del`:return v`<del>${Q(e)}</del>`;case`codespan`:return v`<code>${Nl(e.text)}</code>`;case`br`:return v`<br />`;case`link`:return jl(e);case`image`:return e.text;case`escape`:return e.text;case`text`:return Q(e);default:return e.raw}}function jl(e){return/^https?:\/\//i.test(e.href)?v`<a href=${e.href} rel="noopener noreferrer" target="_blank">${Q(e)}</a>`:Q(e)}var Ml={"&amp;":`&`,"&lt;":`<`,"&gt;":`>`,"&quot;":`"`,"&#39;":`'`};function Nl(e){return e.replace(/&(?:amp|lt|gt|quot|#39);/g,e=>Ml[e])}var Pl=[`jsonl`,`doccano`,`label_studio`,`prodigy`,`spacy`,`hugging_face`,`parquet`,`conll`,`csv`];function Fl(){return v`<form class="row export" @submit=${Il}>
    <label>Format <select name="format">${Pl.map(e=>v`<option>${e}</option>`)}</select></label>
    <label>Content <select name="which"><option value="annotators">what each annotator said</option><option value="gold">one answer a text</option></select></label>
    <button type="submit">Export</button>
    <output role="status"></output>
  </form>`}async function Il(e){e.preventDefault();let t=e.currentTarget,n=t.querySelector(`output`),r=new URLSearchParams([...new FormData(t)].map(([e,t])=>[e,String(t)]));n.value=``;try{await Ll(`api/export?${r}`,n)}catch(e){n.value=e.message}}async function Ll(e,t){let n=await fetch(e,{cache:`no-store`});if(n.ok)return Rl(await n.blob(),zl(n));let r=await n.json().catch(()=>({})),i=r.detail??`the server answers ${n.status}`;r.type?.endsWith(`:lossy`)===!0&&confirm(`${i}. Export without that?`)?await Ll(`${e}&lossy=true`,t):t.value=E(i)}function Rl(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}function zl(e){return/filename="([^"]+)"/.exec(e.headers.get(`Content-Disposition`)??``)?.[1]??`export.jsonl`}var Bl=`textwright/guideline`,Vl=/^[0-9a-f]{18}(-\d+)?$/,Hl=class extends et{#e=null;connectedCallback(){super.connectedCallback(),this.desk.showAgain(),this.addEventListener(`keydown`,e=>this.pressedAtEnd(e))}render(){let{desk:e}=this;return e.project===null?b:v`
      ${this.heading()} ${this.bar()} ${this.warnings()}
      <div class="desk">
        <div class="work">${e.shown===null?this.end():this.text()}</div>
        ${e.project.guideline===``?b:this.guideline(e.project.guideline)}
      </div>
    `}heading(){return v`<h1 class="visually-hidden">Annotate</h1>`}updated(){if(this.desk.shown===this.#e)return;this.#e=this.desk.shown;let e=this.querySelector(`span-annotator`);e===null?this.querySelector(`.end h2`)?.focus():e.updateComplete.then(()=>this.#t(e))}#t(e){document.querySelector(`dialog[open]`)===null&&e.focusText(),e.getBoundingClientRect().top<0&&scrollTo({top:0})}nameOf({id:e,number:t}){return e===``||Vl.test(e)?`Text ${t}`:e}bar(){let{done:e,left:t,seconds:n}=this.desk;return v`<div class="bar">
      <progress max=${Math.max(1,e+t)} .value=${e} aria-label="Texts handed in"></progress>
      <p class="figures">${e+t===0&&this.desk.progress===null?``:Ho(e,t,n)}</p>
      ${Ul(this.desk)}
    </div>`}warnings(){let{outbox:e,isElsewhere:t,fault:n}=this.desk;return e===null?b:v`
      ${n===``?b:v`<p class="fault" role="alert">${n}</p>`}
      ${t&&this.desk.shown!==null?v`<p class="aside" role="status">This text is open in another tab, too. Whichever saves second is asked which to keep.</p>`:b}
      ${e.unstored>0?v`<p class="fault" role="alert">
            The browser's storage is full: ${Gl(e.unstored)} not saved yet would be lost if this page closed. Leave it open until it says “Saved”.
          </p>`:b}
      ${e.failed.length>0?v`<div class="fault" role="alert">
            <p>The server did not take ${Gl(e.failed.length)}: ${e.failed[0]?.detail}</p>
            <p class="row">
              <button type="button" @click=${()=>this.saveFailed()}>Download them</button>
              <button type="button" @click=${()=>e.forgetFailed()}>Forget them</button>
            </p>
          </div>`:b}
    `}saveFailed(){let e=this.desk.outbox?.failed??[],t=e=>this.desk.queue.tasks.find(t=>t.number===e)?.text??null,n=e.map(({act:e,detail:n})=>JSON.stringify({...e,detail:n,words:t(e.text)})),r=document.createElement(`a`);r.href=URL.createObjectURL(new Blob([`${n.join(`
`)}\n`],{type:`application/jsonl`})),r.download=`not-taken.jsonl`,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),1e4)}text(){let{shown:e,schema:t,queue:n}=this.desk;if(e===null)return b;let{task:r,acts:i,initial:a}=e,o=n.current?.status??r.status;return v`
      <p class="about">
        <span>${this.nameOf(r)}</span>
        ${r.held_out?v`<span class="badge test">for the test</span> <span class="soft">Nothing is suggested here, and no model learns from it.</span>`:b}
        ${o===`done`||o===`skipped`?v`<span class="badge ${o}">${o===`done`?`handed in`:`skipped`}</span>`:b}
      </p>
      <span-annotator
        .text=${r.text}
        .textId=${r.id===``?String(r.number):r.id}
        .schema=${t}
        .acts=${i}
        .initial=${a}
        .keys=${ps(this.desk)}
        @annotator-act=${({detail:e})=>this.desk.act(e.kind,mo(r.text,e.state))}
        @annotator-accept=${({detail:e})=>this.desk.finish(`accept`,mo(r.text,e.state))}
        @annotator-skip=${({detail:e})=>this.desk.finish(`skip`,mo(r.text,e.state))}
        @annotator-back=${()=>this.desk.back()}
      ></span-annotator>
      ${this.desk.project?.role===`owner`?v`<label-form .desk=${this.desk} @label-added=${()=>this.querySelector(`span-annotator`)?.focusText()}></label-form>`:b}
      <div class="row moves">
        <button type="button" ?disabled=${!n.canGoBack&&this.desk.done===0} @click=${()=>this.desk.back()}>Back</button>
        <button type="button" @click=${()=>this.finish(`skip`)}>Skip</button>
        <button type="button" class="main" @click=${()=>this.finish(`accept`)}>Accept</button>
      </div>
    `}finish(e){let t=this.querySelector(`span-annotator`);t!==null&&(e===`accept`&&t.acceptAll(),this.desk.finish(e,mo(t.text,t.state)))}guideline(e){return v`<details class="guideline" ?open=${localStorage.getItem(Bl)!==`closed`&&matchMedia(`(min-width: 75rem)`).matches} @toggle=${e=>this.remember(e.target)}>
      <summary>Guideline</summary>
      <div class="prose" tabindex="0" role="region" aria-label="Guideline">${Tl(e,2)}</div>
    </details>`}remember({open:e}){if(matchMedia(`(min-width: 75rem)`).matches)try{localStorage.setItem(Bl,e?`open`:`closed`)}catch{}}pressedAtEnd(e){if(this.desk.shown!==null||!e.target.matches(`.end h2`))return;let{commands:t}=I(this.desk.schema,ps(this.desk));oi(e).some(e=>t.get(`back`)?.includes(e))&&(e.preventDefault(),this.desk.back())}end(){let{desk:e}=this;if(e.isFetching||e.queue.exhausted===!1&&e.left>0){let t=e.outbox?.trouble===`offline`;return v`<div class="end card">
        <h2 tabindex="-1">${t?`No more texts are here`:`Fetching texts …`}</h2>
        ${t?v`<p>Further texts come when the server answers again. What you did is kept.</p>`:b}
      </div>`}return e.left>0?v`<div class="end card">
        <h2 tabindex="-1">Nothing for you right now</h2>
        <p>Others have the texts that are left. Those that they give back come here by themselves.</p>
        <p class="row">${e.queue.canGoBack?v`<button type="button" @click=${()=>e.back()}>Back to the last text</button>`:b}</p>
      </div>`:v`<div class="end card">
      <h2 tabindex="-1">${e.project?.total===0?`There are no texts yet`:`All done`}</h2>
      <p>
        ${e.done===0?`No text waits for you.`:`You handed in ${V(e.done)} of ${V(e.done+e.left)} texts, and none waits for you.`}
        ${e.outbox?.size?`${Gl(e.outbox.size)} still on the way to the server.`:``}
      </p>
      <p class="row">
        ${e.queue.canGoBack||e.done>0?v`<button type="button" @click=${()=>e.back()}>Back to the last text</button>`:b}
        ${this.ways()}
      </p>
      ${this.takings()}
    </div>`}ways(){return v`
      ${this.isReviewer&&(this.desk.project?.people??1)>1?v`<a class="button" href="#/review">Review what differs</a>`:b}
      <a class="button" href="#/texts">See all texts</a>
      <a class="button" href="#/progress">Progress</a>
    `}takings(){return this.isReviewer?Fl():b}get isReviewer(){return this.desk.project?.role!==`annotator`}};function Ul({outbox:e,hasSaved:t}){if(e===null)return b;let[n,r]=Wl(e,t);return v`<p class="save ${n}" role="status" title=${e.detail===``?b:e.detail}>${r}</p>`}function Wl({size:e,trouble:t,conflicts:n},r){if(e===0)return r?[`saved`,`Saved`]:[`idle`,``];let i=e===1?`1 change waits here`:`${V(e)} changes wait here`;return t===`offline`?[`waits`,`Offline: ${i}`]:t===`login`?[`waits`,`Log in again: ${i}`]:t===`busy`?[`waits`,`The server is busy: ${i}`]:t===`refused`?[`waits`,`The server refuses: ${i}`]:n.size>0?[`waits`,`To decide: ${i}`]:[`saving`,`Saving …`]}function Gl(e){return e===1?`1 change`:`${V(e)} changes`}var Kl=matchMedia(`(pointer: coarse)`).matches,ql=class extends Hl{heading(){return v`<h2 class="visually-hidden">The text</h2>
      ${this.#e&&this.desk.shown!==null?v`<p class="aside" role="status">Nothing is looked for yet. <a href="#/look_for">Say what you look for</a> first, or name a label below.</p>`:b}`}bar(){return v`<div class="bar">
      <p class="how soft">${this.desk.shown===null?``:this.#n}</p>
      ${Ul(this.desk)} ${Kl||this.desk.shown===null?b:this.#t()}
    </div>`}get#e(){let{labels:e,tasks:t}=this.desk.schema;return e.length+t.length===0}#t(){return v`<button type="button" aria-keyshortcuts="?" @click=${()=>this.dispatchEvent(new CustomEvent(`annotator-help`,{bubbles:!0}))}>All keys</button>`}get#n(){let{labels:e,tasks:t}=this.desk.schema;return e.length===0&&t.length>0?Kl?`Tap an answer, then Accept.`:`Press the key of an answer, then Enter.`:Kl?`Tap a word, or draw over several. Tap a label, then Accept.`:`Choose words with the arrow keys or the mouse, press a label's key, then Enter.`}nameOf(){let{status:e}=this.desk.queue.current??{status:`new`};return e===`new`||e===`begun`?`Text ${this.desk.done+1}`:`An earlier text`}ways(){return this.desk.project?.total===0?v`<a class="button main" href="#/bring">Bring texts</a>`:v`<a class="button main" href="#/judge">Judge</a> <a class="button" href="annotate.html#/texts">See all texts</a>`}takings(){return b}};customElements.define(`annotate-view`,ql),customElements.define(`conflict-dialog`,Eo),customElements.define(`keys-dialog`,_s);var Jl=5e3,Yl=null;function Xl(){return Yl===null&&(Yl=new ss,To(Yl),Yl.keepUp()),Yl}var Zl=class extends nt{#e=Xl();#t=null;#n=-1;#r=0;#i=null;#a=e=>this.#l(e);connectedCallback(){super.connectedCallback(),this.#i=this.#e.listen(()=>this.#c()),this.#r=window.setInterval(()=>document.visibilityState===`visible`&&void this.#s(),Jl),document.addEventListener(`keydown`,this.#a),this.addEventListener(`label-added`,()=>void this.project.refresh()),this.addEventListener(`annotator-help`,()=>this.querySelector(`keys-dialog`)?.show())}disconnectedCallback(){super.disconnectedCallback(),this.#i?.(),clearInterval(this.#r),document.removeEventListener(`keydown`,this.#a),this.#e.keepNow()}async load(){await Promise.all([this.#e.renew(),this.#s()]),await this.#o()}async#o(){let e=/^#\/correct\/(\d+)$/.exec(location.hash)?.[1];e!==void 0&&(history.replaceState(null,``,`#/correct`),await this.#e.goTo(Number(e)))}async#s(){let{rounds:e,done:t=0}=this.#t??{},n=await w(`api/steps/correct`).catch(()=>null);n!==null&&(this.#t=n,this.requestUpdate(),e!==void 0&&(n.done>t&&n.done>this.#e.done&&this.#e.outbox?.size===0||n.rounds.length>e.length)&&await this.#e.refresh())}#c(){if(this.requestUpdate(),this.#e.done===this.#n||(this.#e.outbox?.size??0)>0)return;let e=this.#n<0;this.#n=this.#e.done,e||Promise.all([this.#s(),this.project.refresh()])}#l(e){let t=e.target;e.key!==`?`||e.defaultPrevented||t.closest(`input, textarea, select, dialog, .text`)!==null||(e.preventDefault(),this.querySelector(`keys-dialog`)?.show())}render(){let e=this.#e;return v`
      ${this.faultView()}
      <div class="correcting">
        <div class="at-work">
          ${e.phase===`working`?v`<annotate-view .desk=${e}></annotate-view>`:this.#u()}
        </div>
        ${this.#t===null?b:v`<div class="beside">${xs(this.#t)} ${As(this.#t)}</div>`}
      </div>
      <keys-dialog .desk=${e}></keys-dialog>
      <conflict-dialog .desk=${e}></conflict-dialog>
    `}#u(){return this.#e.phase===`closed`?v`<p class="fault" role="alert">${this.#e.fault}</p>
      <p class="row"><button type="button" class="main" @click=${()=>void this.attempt(()=>this.load())}>Try again</button></p>`:v`<p class="soft" role="status">Fetching texts …</p>`}};customElements.define(`correct-step`,Zl);var Ql=[[`bring`,`Bring some texts first.`],[`look_for`,`Say first what you look for in your texts.`]];function $l(e){return Ql.find(([t])=>e.standing(t)?.done!==!0)}var $=[{step:`bring`,title:`Bring texts`,lead:`Paste your texts, a line each, or open a file.`},{step:`look_for`,title:`Say what you look for`,lead:`Name what a model should find in each text.`},{step:`suggest`,title:`Suggest`,lead:`Let rules or a model mark the texts first, so that you only correct.`},{step:`correct`,title:`Correct`,lead:`Mark each text, or accept what is suggested. A model learns from it meanwhile.`},{step:`judge`,title:`Judge`,lead:`See how often each method is right on texts that it never saw.`},{step:`ship`,title:`Ship`,lead:`Take the model with you, and try it in a form.`}],eu=200,tu=16,nu=3;function ru({right:e,low:t,high:n}){let r=e=>nu/2+e*197;return v`<svg class="range" viewBox="0 0 ${eu} ${tu}" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" x="0" y="6" width=${eu} height="4" rx="2"></rect>
    <rect class="likely" x=${r(t)} y="2" width=${Math.max(nu,r(n)-r(t))} height="12" rx="2"></rect>
    <rect class="counted" x=${r(e)-nu/2} y="0" width=${nu} height=${tu}></rect>
  </svg>`}function iu({low:e,high:t},n){let r=n>=100?100:10;return`${Math.floor(r*e+1e-9)} to ${Math.ceil(r*t-1e-9)} of ${r}`}function au(e){let{methods:t,texts:n,comparisons:r}=e;return v`<section class="card" aria-labelledby="judge-methods">
    <h2 id="judge-methods">All methods</h2>
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Right</th>
          <th scope="col">Likely</th>
        </tr>
      </thead>
      <tbody>
        ${t.map(e=>v`<tr>
            <th scope="row">${e.title} ${e.note===``?b:v`<span class="soft">${e.note}</span>`}</th>
            <td>${e.count} of ${n}</td>
            <td>${ru(e)} <span class="soft">${iu(e,n)}</span></td>
          </tr>`)}
      </tbody>
    </table>
    ${r.filter(e=>e!==``).map(e=>v`<p>${e}</p>`)}
    <p class="soft">The line is what was counted. The bar is where the truth most likely lies.</p>
  </section>`}function ou(e,t,n){return t.scores.length===0?b:v`<section class="card" aria-labelledby="judge-labels">
    <h2 id="judge-labels">${su(e)}</h2>
    ${e.methods.length<2?b:v`<p class="row">
          <label>Method
            <select @change=${e=>n(e.target.value)}>
              ${e.methods.map(({name:e,title:n})=>v`<option value=${e} ?selected=${e===t.name}>${n}</option>`)}
            </select>
          </label>
        </p>`}
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Right</th>
          <th scope="col">Likely</th>
        </tr>
      </thead>
      <tbody>
        ${t.scores.map(t=>v`<tr>
            <th scope="row">${t.name} ${cu(t,e.texts)}</th>
            <td>${Math.round(t.right*e.texts)} of ${e.texts}</td>
            <td>${ru(t)} <span class="soft">${iu(t,e.texts)}</span></td>
          </tr>`)}
      </tbody>
    </table>
  </section>`}function su({labels:e,questions:t}){return t===0?`Each label`:e===0?`Each question`:`Each label and question`}function cu({occurs:e},t){return e===null||e===t?b:v`<span class="soft">${t-e===1?`1 text has`:`${t-e} texts have`} none</span>`}function lu(e,{titles:t}){return t[e]??e}function uu(e){return e.charAt(0).toLowerCase()+e.slice(1)}function du(e){return e.length<2?e.join(``):`${e.slice(0,-1).join(`, `)} and ${e.at(-1)}`}var fu=5,pu=60,mu=class extends S{static properties={found:{attribute:!1},schema:{attribute:!1},method:{state:!0},name:{state:!0},all:{state:!0}};constructor(){super(),[this.method,this.name,this.all]=[null,``,!1]}createRenderRoot(){return this}render(){let e=this.found.mistakes.filter(e=>this.#o(e));return v`<section class="card" aria-labelledby="judge-mistakes">
      <h2 id="judge-mistakes">Mistakes</h2>
      ${this.found.mistakes.length===0?v`<p>No method got any of the ${this.found.texts} texts wrong.</p>`:this.#e(e)}
    </section>`}#e(e){let t=this.all?e:e.slice(0,fu);return v`${this.#n()}
      <p class="soft" role="status">${this.#t(e.length)}</p>
      <ol class="mistakes">
        ${t.map(e=>this.#s(e))}
      </ol>
      ${t.length<e.length?v`<p class="row"><button type="button" @click=${()=>this.all=!0}>Show all ${e.length}</button></p>`:b}`}#t(e){let{texts:t}=this.found,n=this.#i,r=n===``?this.found.methods.length<2?``:` by some method`:` by ${uu(lu(n,this.found))}`;return`${this.name===``?``:`${this.name} `}wrong in ${e} of ${t} texts${r}.`.replace(/^w/,`W`)}#n(){let e=this.#r(),t=[...new Set(this.found.mistakes.flatMap(({wrong:e})=>Object.values(e).flat()))].sort(),n=e.map(e=>[e,lu(e,this.found)]);return v`<p class="row">
      ${e.length<2?b:gu(`Method`,`any`,n,this.#i,e=>this.#a({method:e}))}
      ${t.length<2?b:gu(`Label`,`any`,t.map(e=>[e,e]),this.name,e=>this.#a({name:e}))}
    </p>`}#r(){return[...new Set(this.found.mistakes.flatMap(({wrong:e})=>Object.keys(e)))]}get#i(){let e=this.found.methods[0]?.name??``;return this.method??(this.#r().includes(e)?e:``)}#a(e){Object.assign(this,e,{all:!1})}#o({wrong:e}){let t=this.#i,n=t===``?Object.values(e).flat():e[t]??[];return n.length>0&&(this.name===``||n.includes(this.name))}#s({number:e,text:t,gold:n,answers:r,wrong:i}){let a=this.#i,o=r.flatMap(({methods:e})=>e).filter(e=>i[e]===void 0),s=r.filter(({methods:e})=>e.some(e=>i[e]!==void 0&&(a===``||e===a)));return v`<li>
      <h3 class="soft">As you have it${o.length===0?``:`, and ${du(o.map(e=>uu(lu(e,this.found))))}`}</h3>
      ${this.#l(t,n)} ${s.map(e=>this.#c(t,e))}
      ${e===null?b:v`<p class="row"><a class="button" href="#/correct/${e}" aria-label=${`Correct it: ${hu(t)}`}>Correct it</a></p>`}
    </li>`}#c(e,t){return v`<h3 class="wrong">${du(t.methods.map((e,t)=>t===0?lu(e,this.found):uu(lu(e,this.found))))}</h3>
      ${t.error===void 0?this.#l(e,t):v`<p>No answer.</p>`}`}#l(t,{spans:n,categories:r}){let{toUnits:i}=e(t);return v`${It(t,{spans:(n??[]).map(e=>({...e,start:i(e.start),end:i(e.end)})),categories:null},this.schema)} ${tt(r??[])}`}};function hu(e){let t=[...e];return t.length<=pu?e:`${t.slice(0,pu).join(``)} …`}function gu(e,t,n,r,i){return v`<label>${e}
    <select @change=${e=>i(e.target.value)}>
      <option value="">${t}</option>
      ${n.map(([e,t])=>v`<option value=${e} ?selected=${e===r}>${t}</option>`)}
    </select>
  </label>`}customElements.define(`judge-mistakes`,mu);var _u=1e3,vu=`api/steps/judge`,yu=class extends nt{shown=null;#e=``;#t=0;#n=!1;disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.#t)}async load(){this.#r(await w(vu))}async again(){let e=this.shown?.running!=null;await this.load(),e&&this.shown?.running==null&&(this.#n=!1)}#r(e){this.shown=e,e.running!==null&&(this.#n=!0),this.#i()}#i(){clearTimeout(this.#t),this.shown?.running!=null&&this.isConnected&&(this.#t=window.setTimeout(()=>void this.#a(),_u))}async#a(){let e=this.shown?.news;if(await this.attempt(async()=>this.#o(await w(`${vu}/progress`))),this.shown?.news===e)return this.#i();await this.attempt(()=>this.load()),await this.project.changed()}#o(e){this.shown!==null&&(this.shown={...this.shown,...e})}updated(){this.#n||this.busy||this.shown===null||this.shown.running!==null||!this.shown.wanted||this.#s({})}async#s(e){this.#n=!0,await this.attempt(async()=>this.#o(await T(`POST`,`${vu}/run`,e))),this.#i()}async#c(){this.#n=!0,await this.attempt(async()=>this.#o(await T(`POST`,`${vu}/stop`))),await this.attempt(()=>this.load())}render(){let{shown:e}=this;return e===null?v`${this.faultView()}`:v`${this.faultView()} ${e.fault===``?b:v`<p class="fault" role="alert">${e.fault}</p>`}
    ${this.#l(e)} ${this.#u(e)} ${e.found===null?b:this.#f(e,e.found)}`}#l({lacking:e,learns:t,found:n}){if(e===``)return b;let[r,i]=$l(this.project)??[e===t?`suggest`:`correct`,e];return v`<section class="card">
      <h2>${n===null?`Nothing is judged yet`:`This cannot be judged anew`}</h2>
      <p>${i}</p>
      <p class="row"><a class="button main" href="#/${r}">${r===`correct`?`Correct texts`:$.find(e=>e.step===r)?.title}</a></p>
    </section>`}#u(e){let{running:t}=e;return t===null?this.#d(e):v`<section class="card doing" aria-label="Judging">
      <p role="status">${t.words} …</p>
      <progress max="1" value=${t.share} aria-label="Judging"></progress>
      <p class="row">
        <button type="button" @click=${()=>void this.#c()}>Stop</button>
        ${xu(e)}
      </p>
    </section>`}#d(e){let t=this.busy?null:bu(e,this.#n);return t===null?v`<p class="visually-hidden" role="status">${e.found===null?``:`Judged.`}</p>`:v`<p class="row">
      <span role="status">${t.why}</span>
      <button type="button" class=${t.main?`main`:``} @click=${()=>void this.#s({})}>${t.button}</button>
    </p>`}#f(e,t){let n=t.methods[0],r=t.methods.find(({name:e})=>e===this.#e)??n;return v`
      <section class="card" aria-labelledby="judge-best">
        <h2 id="judge-best" class="headline">${t.headline}</h2>
        ${t.marks===``?b:v`<p>${t.marks}</p>`} ${t.forecast===``?b:v`<p class="forecast">${t.forecast}</p>`}
        ${n===void 0?b:v`<p class="soft">${t.meaning}</p>`} ${t.answers.map(e=>v`<p>${e}</p>`)}
        ${[...t.spoils,e.alike].filter(e=>e!==``).map(e=>v`<p class="aside">${e}</p>`)}
        ${e.report?v`<p class="row"><a class="button" href="${vu}/report" target="_blank" rel="noopener">Full report (new tab)</a></p>`:b}
      </section>
      <div class="tables">
        ${n===void 0?b:au(t)} ${r===void 0?b:ou(t,r,e=>this.#p(e))}
      </div>
      ${n===void 0?b:v`<judge-mistakes .found=${t} .schema=${gt(e.schema)}></judge-mistakes>`} ${this.#m(e)}
    `}#p(e){this.#e=e,this.requestUpdate()}#m(e){return!e.can_be_large&&e.can_learn?b:e.can_learn?v`<p class="row">
      <label class="tick">
        <input
          type="checkbox"
          .checked=${e.large}
          ?disabled=${this.busy||e.running!==null||e.lacking!==``}
          @change=${e=>void this.#h(e.target.checked)}
        />
        Try a large network, too
      </label>
      <span class="soft">It takes minutes to learn, and is ten times as large.</span>
    </p>`:v`<p class="soft">${e.learns}</p>`}async#h(e){await this.#s({large:e}),await this.attempt(()=>this.load())}};function bu({wanted:e,stale:t,found:n,lacking:r},i){return r===``?e&&i&&n===null?{why:``,button:`Judge now`,main:!0}:e&&i&&t?{why:`You changed something since.`,button:`Judge again`,main:!0}:e&&i?{why:`This is not all: judging was stopped.`,button:`Go on`,main:!0}:n!==null&&n.failed>0?{why:`Not every method has a score.`,button:`Try again`,main:!1}:null:null}function xu({found:e,stale:t,outdated:n}){if(n)return v`<span class="soft">You changed something since it began. It goes on with what was there then.</span>`;if(e===null)return b;let r=e.finished?t?`Below stands what was found before.`:``:`More is coming.`;return r===``?b:v`<span class="soft">${r}</span>`}customElements.define(`judge-step`,yu);function Su(e){return e<999500?`${Math.max(1,Math.round(e/1e3))} kB`:`${(e/1e6).toFixed(1)} MB`}function Cu(e){return e<1?`less than 1 ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}var wu=[[`jsonl`,`JSON lines: holds everything`],[`csv`,`CSV: for spreadsheets`],[`parquet`,`Parquet: for data tools`],[`hugging_face`,`Hugging Face datasets`],[`spacy`,`spaCy`],[`label_studio`,`Label Studio`],[`doccano`,`doccano`],[`prodigy`,`Prodigy`],[`conll`,`CoNLL: a word a line`]],Tu={"overlapping spans":`marks inside other marks`,spans:`marks`,categories:`answers about whole texts`,"unwritable categories":`answers that it has no name for`,"texts without annotated spans":`texts without marks`,"empty layers":`texts in which nothing was to be found`,"empty categories":`texts without an answer`,"white space at span edges":`spaces at the edges of marks`,"span offsets":`places of marks`},Eu={meta:`what came beside the texts`,"other keys":`when you worked on each text`,annotators:`who worked on each text`,"span scores":`how sure a model was`,"category scores":`how sure a model was`},Du=class extends S{static properties={texts:{type:Number},said:{state:!0},loses:{state:!0}};#e=`jsonl`;constructor(){super(),this.texts=0,this.said=``,this.loses=!1}createRenderRoot(){return this}render(){return v`<div class="row">
        <label>Format <select @change=${e=>this.#t(e.target.value)}>
          ${wu.map(([e,t])=>v`<option value=${e}>${t}</option>`)}
        </select></label>
        <button type="button" @click=${()=>void this.#n(!1)}>Download the texts</button>
      </div>
      <p class="soft" role="status">${this.said}</p>
      ${this.loses?v`<p><button type="button" @click=${()=>void this.#n(!0)}>Download without that</button></p>`:b}`}#t(e){this.#e=e,this.said=``,this.loses=!1}async#n(e){this.said=`The file is being written …`,this.loses=!1;let t=new URLSearchParams({format:this.#e,which:`gold`,lossy:String(e)});try{let e=await fetch(`api/export?${t}`,{cache:`no-store`});if(!e.ok)return await this.#r(e);ku(await e.blob(),Au(e)),this.said=``}catch{this.said=`The server does not answer.`}}async#r(e){let{type:t=``,detail:n=`the server answers ${e.status}`,lost:r={}}=await e.json().catch(()=>({}));this.loses=t.endsWith(`:lossy`),this.said=this.loses?`This format cannot hold ${Ou(r)}.`:E(n)}};function Ou(e){let t=Object.entries(e).map(([e,t])=>Eu[e]??`${t} ${Tu[e]??e}`),[n,...r]=[...new Set(t)].reverse();return r.length===0?n:`${r.reverse().join(`, `)} and ${n}`}function ku(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}function Au(e){return/filename="([^"]+)"/.exec(e.headers.get(`Content-Disposition`)??``)?.[1]??`texts.jsonl`}customElements.define(`dataset-download`,Du);var ju=e=>new URL(e,document.baseURI).href,Mu=class extends S{static properties={version:{},tries:{attribute:!1},fault:{state:!0}};#e=null;constructor(){super(),this.version=this.fault=``,this.tries=[]}createRenderRoot(){return this}disconnectedCallback(){super.disconnectedCallback(),this.#e?.close(),this.#e=null}updated(e){e.has(`version`)&&this.version!==``&&this.#t(this.version)}async#t(e){try{let{fill:t}=await import(ju(`form.js`)),n=await Pu();if(e!==this.version||!this.isConnected)return;Nu(this,n),this.#e?.close(),this.querySelector(`[data-place]`)?.replaceChildren(n),this.#e=t(n),this.fault=``}catch(e){this.fault=E(`the form cannot be shown: ${e.message}`)}}#n(e){let t=this.querySelector(`[data-text]`);t!==null&&(t.value=e,t.dispatchEvent(new Event(`input`,{bubbles:!0})))}render(){return v`
      <link rel="stylesheet" href="form.css" />
      ${this.fault===``?b:v`<p class="fault" role="alert">${this.fault}</p>`}
      <div data-place></div>
      ${this.tries.length===0?b:v`<h3>Texts that it never saw</h3>
            <ul class="tries">
              ${this.tries.map(e=>v`<li><button type="button" @click=${()=>this.#n(e)}>${e}</button></li>`)}
            </ul>`}
    `}};function Nu(e,t){let[n,r]=[e,t].map(e=>e.querySelector(`[data-text]`));n&&r&&(r.value=n.value)}async function Pu(){let e=await fetch(ju(`form.html`),{cache:`no-store`});if(!e.ok)throw Error(`the server answers ${e.status}`);let t=new DOMParser().parseFromString(await e.text(),`text/html`);return document.adoptNode(t.querySelector(`[data-model]`))}customElements.define(`shipped-form`,Mu);var Fu=2e3,Iu=class extends S{static properties={ways:{attribute:!1},copied:{state:!0}};#e=0;constructor(){super(),this.ways=[],this.copied=``}createRenderRoot(){return this}render(){return v`${this.ways.map(e=>this.#t(e))}
      <p class="visually-hidden" role="status">${this.copied===``?``:`Copied.`}</p>`}#t({name:e,title:t,words:n,before:r,code:i}){return v`<details name="ways" data-way=${e}>
      <summary>${t}</summary>
      <p class="soft">${n}</p>
      ${r===``?b:this.#n(r,`${t}, in a terminal`)} ${this.#n(i,t)}
    </details>`}#n(e,t){return v`<div class="code">
      <pre tabindex="0" aria-label=${`Lines: ${t}`} role="group"><code>${e}</code></pre>
      <button type="button" aria-label=${`Copy the lines: ${t}`} @click=${t=>void this.#r(e,t)}>
        ${this.copied===e?`Copied`:`Copy`}
      </button>
    </div>`}async#r(e,t){try{await navigator.clipboard.writeText(e)}catch{let e=t.target.closest(`.code`)?.querySelector(`code`);e&&getSelection()?.selectAllChildren(e);return}this.copied=e,clearTimeout(this.#e),this.#e=window.setTimeout(()=>this.copied=``,Fu)}};customElements.define(`model-ways`,Iu);var Lu=1e3,Ru=[`judge`,`Judge the methods, so that the best one can be taken.`],zu=[`correct`,`Correct about 40 texts first, so that a model can learn.`],Bu=class extends nt{offer=null;#e=0;#t=!1;disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.#e)}async load(){this.#n(await w(`api/steps/ship`))}#n(e){this.offer=e,clearTimeout(this.#e),e.busy&&(this.#e=window.setTimeout(()=>void this.#r(),Lu))}async#r(){await this.attempt(()=>this.load()),this.offer?.busy===!1&&await this.project.changed()}updated(){let{offer:e}=this;this.#t||this.busy||e===null||e.busy||e.ready||e.chosen===null||(this.#t=!0,this.#a(e.chosen))}get#i(){return this.offer?.methods.find(({why_not:e})=>e===null)?.method}async#a(e){if(this.#s)return;let t=e===this.#i?null:e;await this.change(async()=>this.#n(await T(`POST`,`api/steps/ship/choose`,{method:t})))}render(){let{offer:e}=this;return e===null?v`${this.faultView()} ${this.fault===``?v`<p class="soft" role="status">Looking what there is to take …</p>`:b}`:v`${this.faultView()} ${this.#o(e)}
    ${e.chosen===null?this.#c(e):this.#l(e)}
    <p class="visually-hidden" role="status">${this.#s?`The model is being written.`:e.ready?`The model is ready.`:``}</p>
    ${e.model===null||!e.ready?b:this.#m(e,e.model)}
    ${e.annotated===0?b:this.#_(e)}`}#o({fault:e,chosen:t}){return e===null?b:v`<p class="fault" role="alert">${e}</p>${t===null?b:v`<p class="row"><button type="button" @click=${()=>void this.#a(t)}>Try again</button></p>`}`}get#s(){return this.offer?.busy===!0||this.busy&&this.offer?.ready===!1}#c({methods:e}){let[t]=e;if(t!==void 0)return v`<section class="card">${e.map(e=>this.#d(e))}</section>`;let n=this.project.standing(`correct`)?.done===!0,[r,i]=$l(this.project)??(n?Ru:zu);return v`<section class="card">
      <h2>There is no model yet</h2>
      <p>${i}</p>
      <p class="row"><a class="button main" href="#/${r}">${$.find(e=>e.step===r)?.title}</a></p>
    </section>`}#l(e){let{methods:t,chosen:n}=e,r=t.find(e=>e.method===n);return v`<section class="card" aria-labelledby="ship-model">
      <h2 id="ship-model">Your model</h2>
      <p class="chosen">${this.#u(r)}</p>
      ${r.apart===``?b:v`<p class="soft">${r.apart}</p>`}
      ${this.#s?v`<p class="soft">The model is being written …</p>`:b}
      ${e.stale?v`<p class="aside">Something was changed since it was judged. <a href="#/judge">Judge it again.</a></p>`:b}
      ${e.unfinished?v`<p class="aside">Not all methods are judged yet. <a href="#/judge">See how far that is.</a></p>`:b}
      ${t.length<2?b:v`<details>
            <summary>Take another method</summary>
            ${this.#f(t,n)}
            <p class="soft">In brackets stands what would be no surprise with other texts.</p>
          </details>`}
      ${t.some((e,t)=>t===0&&e.why_not!==null)?this.#d(t[0]):b}
    </section>`}#u({title:e,score:t,said:n,size_bytes:r,ms:i}){let a=[r===null?``:Su(r),i===null?``:`${Cu(i)} a text`].filter(e=>e!==``),o=a.length===0?``:` (${a.join(`, `)})`;return t===null?v`<b>${e}</b>${o} was not judged yet. <a href="#/judge">Judge it</a> to learn how often it is right.`:v`<b>${e}</b> is ${n} ${t.seen>0?`of the test`:`that it never saw`}${o}.`}#d({title:e,why_not:t}){return t===null?b:v`<p class="soft">${e} cannot be taken along: ${t}.</p>`}#f(e,t){return v`<table class="methods">
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Right</th>
          <th scope="col">Size</th>
          <th scope="col">A text takes</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>this.#p(e,e.method===t))}
      </tbody>
    </table>`}#p({method:e,title:t,score:n,share:r,likely:i,size_bytes:a,ms:o,why_not:s},c){return v`<tr>
      <th scope="row">${t}</th>
      <td>${n===null?`not judged`:v`${r} <span class="soft">(${i})</span>`}</td>
      <td>${a===null?`–`:Su(a)}</td>
      <td>${o===null?`–`:Cu(o)}</td>
      <td>
        ${s===null?v`<button type="button" aria-label=${`Take ${t}`} aria-pressed=${String(c)} @click=${()=>void this.#a(e)}>
              ${c?`Taken`:`Take`}
            </button>`:v`<span class="soft">cannot be taken along</span>`}
      </td>
    </tr>`}#m(e,t){let{version:n,why_no_form:r,ways:i}=t;return v`
      ${r===null?v`<section class="card" aria-labelledby="ship-try">
            <h2 id="ship-try">Try it</h2>
            <p class="soft">The fields fill themselves while you type. What you typed into a field stays.</p>
            <shipped-form .version=${n} .tries=${e.tries}></shipped-form>
          </section>`:b}
      ${this.#h(t,e.report)}
      <section class="card" aria-labelledby="ship-ways">
        <h2 id="ship-ways">Use it in a program</h2>
        <model-ways .ways=${i}></model-ways>
      </section>
    `}#h({size_bytes:e,why_no_form:t},n){return v`<section class="card" aria-labelledby="ship-take">
      <h2 id="ship-take">Take it with you</h2>
      <ul class="takes">
        ${t===null?this.#g():v`<li><p class="soft">There is no form: ${t}.</p></li>`}
        <li>
          <a class="button" href="api/steps/ship/model.zip" download>Download the model</a>
          <p class="soft">A folder of ${Su(e)} that Python, Node and pages open.</p>
        </li>
        ${n?v`<li>
              <a class="button" href="api/steps/ship/report.html" download>Download the report</a>
              <p class="soft">How often each method was right, to be read without this page.</p>
            </li>`:b}
      </ul>
    </section>`}#g(){return v`<li>
      <a class="button main" href="api/steps/ship/form.zip" download>Download the form</a>
      <ol class="soft">
        <li>Unzip it.</li>
        <li>See it: <code>python3 -m http.server --directory form 8000</code>, then open <code>http://localhost:8000/</code></li>
        <li>Copy the folder to any web space. Nothing is built, and no text leaves the visitor's browser.</li>
      </ol>
    </li>`}#_({annotated:e}){return v`<section class="card" aria-labelledby="ship-texts">
      <h2 id="ship-texts">Your texts</h2>
      <p class="soft">${e} texts with what you marked in them.</p>
      <dataset-download></dataset-download>
    </section>`}};customElements.define(`ship-step`,Bu);var Vu=`8650`;function Hu(e){return`import textwright as tw; project = tw.open_project(${JSON.stringify(e)})`}function Uu(e,t){return[`textwright start`,...e===void 0?[]:[Wu(e)],...t===Vu?[]:[`--port ${t}`]].join(` `)}function Wu(e){return/^[\w@%+=:,./-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'"'"'`)}'`}var Gu=2e3,Ku=class extends S{static properties={lines:{attribute:!1},folder:{attribute:!1},copied:{state:!0}};#e=0;constructor(){super(),this.lines=[],this.folder=``,this.copied=``}createRenderRoot(){return this}render(){return v`<details class="commands">
      <summary>${this.lines.length===0?`The project in a notebook`:`The same on the command line`}</summary>
      ${this.lines.length===0?b:v`<ul>
              ${this.lines.map(e=>this.#t(e))}
            </ul>
            <h2>The project in a notebook</h2>`}
      <ul>${this.#t(Hu(this.folder))}</ul>
      <p class="visually-hidden" role="status">${this.copied===``?``:`Copied.`}</p>
    </details>`}#t(e){let t=this.copied===e;return v`<li>
      <pre tabindex="0"><code>${e}</code></pre>
      <button type="button" aria-label=${`Copy: ${e}`} @click=${t=>void this.#n(e,t)}>${t?`Copied`:`Copy`}</button>
    </li>`}async#n(e,t){try{await navigator.clipboard.writeText(e)}catch{let e=t.target.closest(`li`)?.querySelector(`code`);e&&getSelection()?.selectAllChildren(e);return}this.copied=e,clearTimeout(this.#e),this.#e=window.setTimeout(()=>this.copied=``,Gu)}};customElements.define(`step-commands`,Ku);var qu=class extends S{static properties={project:{attribute:!1}};#e=null;createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),this.project.listen(()=>this.requestUpdate()),addEventListener(`hashchange`,()=>this.#n())}get step(){return this.#t??this.#e??this.project.data?.step??`bring`}get#t(){let e=/^#\/([^/]*)/.exec(location.hash)?.[1];return $.find(({step:t})=>t===e)?.step}#n(){this.#t!==void 0&&(this.project.news=``,this.requestUpdate(),this.project.go(this.step),scrollTo({top:0}),this.updateComplete.then(()=>this.querySelector(`h1`)?.focus({preventScroll:!0})))}updated(){let{data:e}=this.project;e!==null&&(this.#e===null&&this.#r(),this.#e=this.step,document.title=`${Ju(this.step).title} · ${e.name} · textwright`)}#r(){this.#t===void 0?history.replaceState(null,``,`#/${this.step}`):this.#t!==this.project.data?.step&&this.project.go(this.step)}render(){let{project:e}=this;return v`
      <a class="skip" href="#main" @click=${e=>this.#l(e)}>Skip to the step</a>
      <header class="way">
        <p class="brand"><b>textwright</b> <span>${e.data?.name??``}</span></p>
        <nav aria-label="Steps">
          <ol>
            ${$.map((e,t)=>this.#i(e,t+1))}
          </ol>
        </nav>
      </header>
      <main id="main" tabindex="-1">
        ${this.#a()}
        ${e.data===null?v`<p class="soft opening" role="status">Opening the project …</p>`:this.#o()}
      </main>
    `}#i({step:e,title:t},n){let{done:r,words:i}=this.project.standing(e)??{done:!1,words:``};return v`<li class=${r?`done`:``}>
      <a href="#/${e}" aria-current=${e===this.step?`step`:b}>
        <span class="number" aria-hidden="true">${r?`✓`:n}</span>
        <span class="of-step">
          <span class="title">${t}</span>
          ${r?v`<span class="visually-hidden">(done)</span>`:b} ${i===``?b:v`<span class="words">${i}</span>`}
        </span>
      </a>
    </li>`}#a(){let{fault:e,lost:t,news:n,data:r}=this.project;return v`
      ${e===``?b:v`<p class="fault" role="alert">${e}</p>`}
      ${t?v`<div class="fault away" role="alert">
            <p><b>The server does not answer.</b> What was saved is safe. Start it again, and this page goes on by itself.</p>
            <pre tabindex="0"><code>${Uu(r?.folder,location.port)}</code></pre>
          </div>`:b}
      <p class=${n===``?`visually-hidden`:`aside news`} role="status">${n}</p>
    `}#o(){let{step:e}=this,{title:t,lead:n}=Ju(e),r=this.project.standing(e)?.fault??``;return v`
      <h1 tabindex="-1">${t}</h1>
      <p class="lead">${n}</p>
      ${r===``?b:v`<p class="fault" role="alert">${r}</p>`}
      ${this.#c(e)} ${this.#s(e)}
      <step-commands .lines=${this.project.standing(e)?.commands??[]} .folder=${this.project.data?.folder??``}></step-commands>
    `}#s(e){let t=$[$.indexOf(Ju(e))+1];return t===void 0?b:v`<p class="row onward"><a class=${this.project.standing(e)?.done??!1?`button main`:`button`} href="#/${t.step}">Next: ${t.title}</a></p>`}#c(e){switch(e){case`bring`:return v`<bring-step class="step" .project=${this.project}></bring-step>`;case`look_for`:return v`<look-for-step class="step" .project=${this.project}></look-for-step>`;case`suggest`:return v`<suggest-step class="step" .project=${this.project}></suggest-step>`;case`correct`:return v`<correct-step class="step" .project=${this.project}></correct-step>`;case`judge`:return v`<judge-step class="step" .project=${this.project}></judge-step>`;case`ship`:return v`<ship-step class="step" .project=${this.project}></ship-step>`}}#l(e){e.preventDefault(),this.querySelector(`main`)?.focus()}};function Ju(e){return $.find(t=>t.step===e)}var Yu=1e4,Xu=1500,Zu=class{data=null;fault=``;lost=!1;turn=0;saved=Promise.resolve();news=``;#e=new Set;#t=new BroadcastChannel(`textwright start`);#n=0;#r=0;listen(e){return this.#e.add(e),()=>this.#e.delete(e)}tell(){for(let e of this.#e)e()}async open(){this.#t.onmessage=()=>void this.#i(),addEventListener(`online`,()=>void this.#a()),document.addEventListener(`visibilitychange`,()=>void this.#a()),await this.#a()}close(){clearTimeout(this.#r),this.#t.close()}async refresh(){await this.#o(w(`api/steps`))}async changed(){this.#t.postMessage(`changed`),await this.refresh()}async go(e){await this.#o(T(`POST`,`api/steps/at`,{step:e}))}standing(e){return this.data?.steps.find(({name:t})=>t===e)}async#i(){await this.refresh(),this.turn++,this.tell()}async#a(){clearTimeout(this.#r),(!document.hidden||this.lost||this.data===null)&&await this.refresh(),clearTimeout(this.#r),this.#r=window.setTimeout(()=>void this.#a(),this.lost?Xu:Yu)}async#o(e){let t=++this.#n;try{let n=await e;t===this.#n&&this.#s(n)}catch(e){t===this.#n&&this.#c(e)}this.tell()}#s(e){this.data!==null&&this.data.folder!==e.folder&&location.reload(),this.data=e,(this.lost||this.fault!==``)&&this.turn++,this.fault=``,this.lost&&(this.lost=!1,this.news=`The server is back. If your last click did nothing, do it again.`)}#c(e){e instanceof Je?(this.news=``,this.lost||(this.lost=!0,clearTimeout(this.#r),this.#r=window.setTimeout(()=>void this.#a(),Xu))):this.fault=E(e.message)}};customElements.define(`start-app`,qu);var Qu=new Zu,$u=document.createElement(`start-app`);$u.project=Qu,document.body.replaceChildren($u),Qu.open();