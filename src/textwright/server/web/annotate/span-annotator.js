// node_modules/@lit/reactive-element/css-tag.js
/**
* @license
* Copyright 2019 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/
var t$2 = globalThis;
var e$4 = t$2.ShadowRoot && (void 0 === t$2.ShadyCSS || t$2.ShadyCSS.nativeShadow) && "adoptedStyleSheets" in Document.prototype && "replace" in CSSStyleSheet.prototype;
var s$2 = Symbol();
var o$3 = /* @__PURE__ */ new WeakMap();
var n$2 = class {
	constructor(t, e, o) {
		if (this._$cssResult$ = !0, o !== s$2) throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");
		this.cssText = t, this.t = e;
	}
	get styleSheet() {
		let t = this.o;
		const s = this.t;
		if (e$4 && void 0 === t) {
			const e = void 0 !== s && 1 === s.length;
			e && (t = o$3.get(s)), void 0 === t && ((this.o = t = new CSSStyleSheet()).replaceSync(this.cssText), e && o$3.set(s, t));
		}
		return t;
	}
	toString() {
		return this.cssText;
	}
};
var r$2 = (t) => new n$2("string" == typeof t ? t : t + "", void 0, s$2);
var S$1 = (s, o) => {
	if (e$4) s.adoptedStyleSheets = o.map((t) => t instanceof CSSStyleSheet ? t : t.styleSheet);
	else for (const e of o) {
		const o = document.createElement("style"), n = t$2.litNonce;
		void 0 !== n && o.setAttribute("nonce", n), o.textContent = e.cssText, s.appendChild(o);
	}
};
var c$2 = e$4 ? (t) => t : (t) => t instanceof CSSStyleSheet ? ((t) => {
	let e = "";
	for (const s of t.cssRules) e += s.cssText;
	return r$2(e);
})(t) : t;
// node_modules/@lit/reactive-element/reactive-element.js
/**
* @license
* Copyright 2017 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/ var { is: i$3, defineProperty: e$3, getOwnPropertyDescriptor: h$1, getOwnPropertyNames: r$1, getOwnPropertySymbols: o$2, getPrototypeOf: n$1 } = Object, a$1 = globalThis, c$1 = a$1.trustedTypes, l$1 = c$1 ? c$1.emptyScript : "", p$1 = a$1.reactiveElementPolyfillSupport, d$1 = (t, s) => t, u$1 = {
	toAttribute(t, s) {
		switch (s) {
			case Boolean:
				t = t ? l$1 : null;
				break;
			case Object:
			case Array: t = null == t ? t : JSON.stringify(t);
		}
		return t;
	},
	fromAttribute(t, s) {
		let i = t;
		switch (s) {
			case Boolean:
				i = null !== t;
				break;
			case Number:
				i = null === t ? null : Number(t);
				break;
			case Object:
			case Array: try {
				i = JSON.parse(t);
			} catch (t) {
				i = null;
			}
		}
		return i;
	}
}, f$1 = (t, s) => !i$3(t, s), b$1 = {
	attribute: !0,
	type: String,
	converter: u$1,
	reflect: !1,
	useDefault: !1,
	hasChanged: f$1
};
Symbol.metadata ??= Symbol("metadata"), a$1.litPropertyMetadata ??= /* @__PURE__ */ new WeakMap();
var y$1 = class extends HTMLElement {
	static addInitializer(t) {
		this._$Ei(), (this.l ??= []).push(t);
	}
	static get observedAttributes() {
		return this.finalize(), this._$Eh && [...this._$Eh.keys()];
	}
	static createProperty(t, s = b$1) {
		if (s.state && (s.attribute = !1), this._$Ei(), this.prototype.hasOwnProperty(t) && ((s = Object.create(s)).wrapped = !0), this.elementProperties.set(t, s), !s.noAccessor) {
			const i = Symbol(), h = this.getPropertyDescriptor(t, i, s);
			void 0 !== h && e$3(this.prototype, t, h);
		}
	}
	static getPropertyDescriptor(t, s, i) {
		const { get: e, set: r } = h$1(this.prototype, t) ?? {
			get() {
				return this[s];
			},
			set(t) {
				this[s] = t;
			}
		};
		return {
			get: e,
			set(s) {
				const h = e?.call(this);
				r?.call(this, s), this.requestUpdate(t, h, i);
			},
			configurable: !0,
			enumerable: !0
		};
	}
	static getPropertyOptions(t) {
		return this.elementProperties.get(t) ?? b$1;
	}
	static _$Ei() {
		if (this.hasOwnProperty(d$1("elementProperties"))) return;
		const t = n$1(this);
		t.finalize(), void 0 !== t.l && (this.l = [...t.l]), this.elementProperties = new Map(t.elementProperties);
	}
	static finalize() {
		if (this.hasOwnProperty(d$1("finalized"))) return;
		if (this.finalized = !0, this._$Ei(), this.hasOwnProperty(d$1("properties"))) {
			const t = this.properties, s = [...r$1(t), ...o$2(t)];
			for (const i of s) this.createProperty(i, t[i]);
		}
		const t = this[Symbol.metadata];
		if (null !== t) {
			const s = litPropertyMetadata.get(t);
			if (void 0 !== s) for (const [t, i] of s) this.elementProperties.set(t, i);
		}
		this._$Eh = /* @__PURE__ */ new Map();
		for (const [t, s] of this.elementProperties) {
			const i = this._$Eu(t, s);
			void 0 !== i && this._$Eh.set(i, t);
		}
		this.elementStyles = this.finalizeStyles(this.styles);
	}
	static finalizeStyles(s) {
		const i = [];
		if (Array.isArray(s)) {
			const e = new Set(s.flat(1 / 0).reverse());
			for (const s of e) i.unshift(c$2(s));
		} else void 0 !== s && i.push(c$2(s));
		return i;
	}
	static _$Eu(t, s) {
		const i = s.attribute;
		return !1 === i ? void 0 : "string" == typeof i ? i : "string" == typeof t ? t.toLowerCase() : void 0;
	}
	constructor() {
		super(), this._$Ep = void 0, this.isUpdatePending = !1, this.hasUpdated = !1, this._$Em = null, this._$Ev();
	}
	_$Ev() {
		this._$ES = new Promise((t) => this.enableUpdating = t), this._$AL = /* @__PURE__ */ new Map(), this._$E_(), this.requestUpdate(), this.constructor.l?.forEach((t) => t(this));
	}
	addController(t) {
		(this._$EO ??= /* @__PURE__ */ new Set()).add(t), void 0 !== this.renderRoot && this.isConnected && t.hostConnected?.();
	}
	removeController(t) {
		this._$EO?.delete(t);
	}
	_$E_() {
		const t = /* @__PURE__ */ new Map(), s = this.constructor.elementProperties;
		for (const i of s.keys()) this.hasOwnProperty(i) && (t.set(i, this[i]), delete this[i]);
		t.size > 0 && (this._$Ep = t);
	}
	createRenderRoot() {
		const t = this.shadowRoot ?? this.attachShadow(this.constructor.shadowRootOptions);
		return S$1(t, this.constructor.elementStyles), t;
	}
	connectedCallback() {
		this.renderRoot ??= this.createRenderRoot(), this.enableUpdating(!0), this._$EO?.forEach((t) => t.hostConnected?.());
	}
	enableUpdating(t) {}
	disconnectedCallback() {
		this._$EO?.forEach((t) => t.hostDisconnected?.());
	}
	attributeChangedCallback(t, s, i) {
		this._$AK(t, i);
	}
	_$ET(t, s) {
		const i = this.constructor.elementProperties.get(t), e = this.constructor._$Eu(t, i);
		if (void 0 !== e && !0 === i.reflect) {
			const h = (void 0 !== i.converter?.toAttribute ? i.converter : u$1).toAttribute(s, i.type);
			this._$Em = t, null == h ? this.removeAttribute(e) : this.setAttribute(e, h), this._$Em = null;
		}
	}
	_$AK(t, s) {
		const i = this.constructor, e = i._$Eh.get(t);
		if (void 0 !== e && this._$Em !== e) {
			const t = i.getPropertyOptions(e), h = "function" == typeof t.converter ? { fromAttribute: t.converter } : void 0 !== t.converter?.fromAttribute ? t.converter : u$1;
			this._$Em = e;
			const r = h.fromAttribute(s, t.type);
			this[e] = r ?? this._$Ej?.get(e) ?? r, this._$Em = null;
		}
	}
	requestUpdate(t, s, i, e = !1, h) {
		if (void 0 !== t) {
			const r = this.constructor;
			if (!1 === e && (h = this[t]), i ??= r.getPropertyOptions(t), !((i.hasChanged ?? f$1)(h, s) || i.useDefault && i.reflect && h === this._$Ej?.get(t) && !this.hasAttribute(r._$Eu(t, i)))) return;
			this.C(t, s, i);
		}
		!1 === this.isUpdatePending && (this._$ES = this._$EP());
	}
	C(t, s, { useDefault: i, reflect: e, wrapped: h }, r) {
		i && !(this._$Ej ??= /* @__PURE__ */ new Map()).has(t) && (this._$Ej.set(t, r ?? s ?? this[t]), !0 !== h || void 0 !== r) || (this._$AL.has(t) || (this.hasUpdated || i || (s = void 0), this._$AL.set(t, s)), !0 === e && this._$Em !== t && (this._$Eq ??= /* @__PURE__ */ new Set()).add(t));
	}
	async _$EP() {
		this.isUpdatePending = !0;
		try {
			await this._$ES;
		} catch (t) {
			Promise.reject(t);
		}
		const t = this.scheduleUpdate();
		return null != t && await t, !this.isUpdatePending;
	}
	scheduleUpdate() {
		return this.performUpdate();
	}
	performUpdate() {
		if (!this.isUpdatePending) return;
		if (!this.hasUpdated) {
			if (this.renderRoot ??= this.createRenderRoot(), this._$Ep) {
				for (const [t, s] of this._$Ep) this[t] = s;
				this._$Ep = void 0;
			}
			const t = this.constructor.elementProperties;
			if (t.size > 0) for (const [s, i] of t) {
				const { wrapped: t } = i, e = this[s];
				!0 !== t || this._$AL.has(s) || void 0 === e || this.C(s, void 0, i, e);
			}
		}
		let t = !1;
		const s = this._$AL;
		try {
			t = this.shouldUpdate(s), t ? (this.willUpdate(s), this._$EO?.forEach((t) => t.hostUpdate?.()), this.update(s)) : this._$EM();
		} catch (s) {
			throw t = !1, this._$EM(), s;
		}
		t && this._$AE(s);
	}
	willUpdate(t) {}
	_$AE(t) {
		this._$EO?.forEach((t) => t.hostUpdated?.()), this.hasUpdated || (this.hasUpdated = !0, this.firstUpdated(t)), this.updated(t);
	}
	_$EM() {
		this._$AL = /* @__PURE__ */ new Map(), this.isUpdatePending = !1;
	}
	get updateComplete() {
		return this.getUpdateComplete();
	}
	getUpdateComplete() {
		return this._$ES;
	}
	shouldUpdate(t) {
		return !0;
	}
	update(t) {
		this._$Eq &&= this._$Eq.forEach((t) => this._$ET(t, this[t])), this._$EM();
	}
	updated(t) {}
	firstUpdated(t) {}
};
y$1.elementStyles = [], y$1.shadowRootOptions = { mode: "open" }, y$1[d$1("elementProperties")] = /* @__PURE__ */ new Map(), y$1[d$1("finalized")] = /* @__PURE__ */ new Map(), p$1?.({ ReactiveElement: y$1 }), (a$1.reactiveElementVersions ??= []).push("2.1.2");
// node_modules/lit-html/lit-html.js
/**
* @license
* Copyright 2017 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/
var t$1 = globalThis;
var i$2 = (t) => t;
var s$1 = t$1.trustedTypes;
var e$2 = s$1 ? s$1.createPolicy("lit-html", { createHTML: (t) => t }) : void 0;
var h = "$lit$";
var o$1 = `lit$${Math.random().toFixed(9).slice(2)}$`;
var n = "?" + o$1;
var r = `<${n}>`;
var l = document;
var c = () => l.createComment("");
var a = (t) => null === t || "object" != typeof t && "function" != typeof t;
var u = Array.isArray;
var d = (t) => u(t) || "function" == typeof t?.[Symbol.iterator];
var f = "[ 	\n\f\r]";
var v = /<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g;
var _ = /-->/g;
var m = />/g;
var p = RegExp(`>|${f}(?:([^\\s"'>=/]+)(${f}*=${f}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`, "g");
var g = /'/g;
var $ = /"/g;
var y = /^(?:script|style|textarea|title)$/i;
var x = (t) => (i, ...s) => ({
	_$litType$: t,
	strings: i,
	values: s
});
var b = x(1);
var w = x(2);
var E = Symbol.for("lit-noChange");
var A = Symbol.for("lit-nothing");
var C = /* @__PURE__ */ new WeakMap();
var P = l.createTreeWalker(l, 129);
function V(t, i) {
	if (!u(t) || !t.hasOwnProperty("raw")) throw Error("invalid template strings array");
	return void 0 !== e$2 ? e$2.createHTML(i) : i;
}
var N = (t, i) => {
	const s = t.length - 1, e = [];
	let n, l = 2 === i ? "<svg>" : 3 === i ? "<math>" : "", c = v;
	for (let i = 0; i < s; i++) {
		const s = t[i];
		let a, u, d = -1, f = 0;
		for (; f < s.length && (c.lastIndex = f, u = c.exec(s), null !== u);) f = c.lastIndex, c === v ? "!--" === u[1] ? c = _ : void 0 !== u[1] ? c = m : void 0 !== u[2] ? (y.test(u[2]) && (n = RegExp("</" + u[2], "g")), c = p) : void 0 !== u[3] && (c = p) : c === p ? ">" === u[0] ? (c = n ?? v, d = -1) : void 0 === u[1] ? d = -2 : (d = c.lastIndex - u[2].length, a = u[1], c = void 0 === u[3] ? p : "\"" === u[3] ? $ : g) : c === $ || c === g ? c = p : c === _ || c === m ? c = v : (c = p, n = void 0);
		const x = c === p && t[i + 1].startsWith("/>") ? " " : "";
		l += c === v ? s + r : d >= 0 ? (e.push(a), s.slice(0, d) + h + s.slice(d) + o$1 + x) : s + o$1 + (-2 === d ? i : x);
	}
	return [V(t, l + (t[s] || "<?>") + (2 === i ? "</svg>" : 3 === i ? "</math>" : "")), e];
};
var S = class S {
	constructor({ strings: t, _$litType$: i }, e) {
		let r;
		this.parts = [];
		let l = 0, a = 0;
		const u = t.length - 1, d = this.parts, [f, v] = N(t, i);
		if (this.el = S.createElement(f, e), P.currentNode = this.el.content, 2 === i || 3 === i) {
			const t = this.el.content.firstChild;
			t.replaceWith(...t.childNodes);
		}
		for (; null !== (r = P.nextNode()) && d.length < u;) {
			if (1 === r.nodeType) {
				if (r.hasAttributes()) for (const t of r.getAttributeNames()) if (t.endsWith(h)) {
					const i = v[a++], s = r.getAttribute(t).split(o$1), e = /([.?@])?(.*)/.exec(i);
					d.push({
						type: 1,
						index: l,
						name: e[2],
						strings: s,
						ctor: "." === e[1] ? I : "?" === e[1] ? L : "@" === e[1] ? z : H
					}), r.removeAttribute(t);
				} else t.startsWith(o$1) && (d.push({
					type: 6,
					index: l
				}), r.removeAttribute(t));
				if (y.test(r.tagName)) {
					const t = r.textContent.split(o$1), i = t.length - 1;
					if (i > 0) {
						r.textContent = s$1 ? s$1.emptyScript : "";
						for (let s = 0; s < i; s++) r.append(t[s], c()), P.nextNode(), d.push({
							type: 2,
							index: ++l
						});
						r.append(t[i], c());
					}
				}
			} else if (8 === r.nodeType) if (r.data === n) d.push({
				type: 2,
				index: l
			});
			else {
				let t = -1;
				for (; -1 !== (t = r.data.indexOf(o$1, t + 1));) d.push({
					type: 7,
					index: l
				}), t += o$1.length - 1;
			}
			l++;
		}
	}
	static createElement(t, i) {
		const s = l.createElement("template");
		return s.innerHTML = t, s;
	}
};
function M(t, i, s = t, e) {
	if (i === E) return i;
	let h = void 0 !== e ? s._$Co?.[e] : s._$Cl;
	const o = a(i) ? void 0 : i._$litDirective$;
	return h?.constructor !== o && (h?._$AO?.(!1), void 0 === o ? h = void 0 : (h = new o(t), h._$AT(t, s, e)), void 0 !== e ? (s._$Co ??= [])[e] = h : s._$Cl = h), void 0 !== h && (i = M(t, h._$AS(t, i.values), h, e)), i;
}
var R = class {
	constructor(t, i) {
		this._$AV = [], this._$AN = void 0, this._$AD = t, this._$AM = i;
	}
	get parentNode() {
		return this._$AM.parentNode;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	u(t) {
		const { el: { content: i }, parts: s } = this._$AD, e = (t?.creationScope ?? l).importNode(i, !0);
		P.currentNode = e;
		let h = P.nextNode(), o = 0, n = 0, r = s[0];
		for (; void 0 !== r;) {
			if (o === r.index) {
				let i;
				2 === r.type ? i = new k(h, h.nextSibling, this, t) : 1 === r.type ? i = new r.ctor(h, r.name, r.strings, this, t) : 6 === r.type && (i = new Z(h, this, t)), this._$AV.push(i), r = s[++n];
			}
			o !== r?.index && (h = P.nextNode(), o++);
		}
		return P.currentNode = l, e;
	}
	p(t) {
		let i = 0;
		for (const s of this._$AV) void 0 !== s && (void 0 !== s.strings ? (s._$AI(t, s, i), i += s.strings.length - 2) : s._$AI(t[i])), i++;
	}
};
var k = class k {
	get _$AU() {
		return this._$AM?._$AU ?? this._$Cv;
	}
	constructor(t, i, s, e) {
		this.type = 2, this._$AH = A, this._$AN = void 0, this._$AA = t, this._$AB = i, this._$AM = s, this.options = e, this._$Cv = e?.isConnected ?? !0;
	}
	get parentNode() {
		let t = this._$AA.parentNode;
		const i = this._$AM;
		return void 0 !== i && 11 === t?.nodeType && (t = i.parentNode), t;
	}
	get startNode() {
		return this._$AA;
	}
	get endNode() {
		return this._$AB;
	}
	_$AI(t, i = this) {
		t = M(this, t, i), a(t) ? t === A || null == t || "" === t ? (this._$AH !== A && this._$AR(), this._$AH = A) : t !== this._$AH && t !== E && this._(t) : void 0 !== t._$litType$ ? this.$(t) : void 0 !== t.nodeType ? this.T(t) : d(t) ? this.k(t) : this._(t);
	}
	O(t) {
		return this._$AA.parentNode.insertBefore(t, this._$AB);
	}
	T(t) {
		this._$AH !== t && (this._$AR(), this._$AH = this.O(t));
	}
	_(t) {
		this._$AH !== A && a(this._$AH) ? this._$AA.nextSibling.data = t : this.T(l.createTextNode(t)), this._$AH = t;
	}
	$(t) {
		const { values: i, _$litType$: s } = t, e = "number" == typeof s ? this._$AC(t) : (void 0 === s.el && (s.el = S.createElement(V(s.h, s.h[0]), this.options)), s);
		if (this._$AH?._$AD === e) this._$AH.p(i);
		else {
			const t = new R(e, this), s = t.u(this.options);
			t.p(i), this.T(s), this._$AH = t;
		}
	}
	_$AC(t) {
		let i = C.get(t.strings);
		return void 0 === i && C.set(t.strings, i = new S(t)), i;
	}
	k(t) {
		u(this._$AH) || (this._$AH = [], this._$AR());
		const i = this._$AH;
		let s, e = 0;
		for (const h of t) e === i.length ? i.push(s = new k(this.O(c()), this.O(c()), this, this.options)) : s = i[e], s._$AI(h), e++;
		e < i.length && (this._$AR(s && s._$AB.nextSibling, e), i.length = e);
	}
	_$AR(t = this._$AA.nextSibling, s) {
		for (this._$AP?.(!1, !0, s); t !== this._$AB;) {
			const s = i$2(t).nextSibling;
			i$2(t).remove(), t = s;
		}
	}
	setConnected(t) {
		void 0 === this._$AM && (this._$Cv = t, this._$AP?.(t));
	}
};
var H = class {
	get tagName() {
		return this.element.tagName;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	constructor(t, i, s, e, h) {
		this.type = 1, this._$AH = A, this._$AN = void 0, this.element = t, this.name = i, this._$AM = e, this.options = h, s.length > 2 || "" !== s[0] || "" !== s[1] ? (this._$AH = Array(s.length - 1).fill(/* @__PURE__ */ new String()), this.strings = s) : this._$AH = A;
	}
	_$AI(t, i = this, s, e) {
		const h = this.strings;
		let o = !1;
		if (void 0 === h) t = M(this, t, i, 0), o = !a(t) || t !== this._$AH && t !== E, o && (this._$AH = t);
		else {
			const e = t;
			let n, r;
			for (t = h[0], n = 0; n < h.length - 1; n++) r = M(this, e[s + n], i, n), r === E && (r = this._$AH[n]), o ||= !a(r) || r !== this._$AH[n], r === A ? t = A : t !== A && (t += (r ?? "") + h[n + 1]), this._$AH[n] = r;
		}
		o && !e && this.j(t);
	}
	j(t) {
		t === A ? this.element.removeAttribute(this.name) : this.element.setAttribute(this.name, t ?? "");
	}
};
var I = class extends H {
	constructor() {
		super(...arguments), this.type = 3;
	}
	j(t) {
		this.element[this.name] = t === A ? void 0 : t;
	}
};
var L = class extends H {
	constructor() {
		super(...arguments), this.type = 4;
	}
	j(t) {
		this.element.toggleAttribute(this.name, !!t && t !== A);
	}
};
var z = class extends H {
	constructor(t, i, s, e, h) {
		super(t, i, s, e, h), this.type = 5;
	}
	_$AI(t, i = this) {
		if ((t = M(this, t, i, 0) ?? A) === E) return;
		const s = this._$AH, e = t === A && s !== A || t.capture !== s.capture || t.once !== s.once || t.passive !== s.passive, h = t !== A && (s === A || e);
		e && this.element.removeEventListener(this.name, this, s), h && this.element.addEventListener(this.name, this, t), this._$AH = t;
	}
	handleEvent(t) {
		"function" == typeof this._$AH ? this._$AH.call(this.options?.host ?? this.element, t) : this._$AH.handleEvent(t);
	}
};
var Z = class {
	constructor(t, i, s) {
		this.element = t, this.type = 6, this._$AN = void 0, this._$AM = i, this.options = s;
	}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AI(t) {
		M(this, t);
	}
};
var B = t$1.litHtmlPolyfillSupport;
B?.(S, k), (t$1.litHtmlVersions ??= []).push("3.3.3");
var D = (t, i, s) => {
	const e = s?.renderBefore ?? i;
	let h = e._$litPart$;
	if (void 0 === h) {
		const t = s?.renderBefore ?? null;
		e._$litPart$ = h = new k(i.insertBefore(c(), t), t, void 0, s ?? {});
	}
	return h._$AI(t), h;
};
// node_modules/lit-element/lit-element.js
/**
* @license
* Copyright 2017 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/ var s = globalThis;
var i$1 = class extends y$1 {
	constructor() {
		super(...arguments), this.renderOptions = { host: this }, this._$Do = void 0;
	}
	createRenderRoot() {
		const t = super.createRenderRoot();
		return this.renderOptions.renderBefore ??= t.firstChild, t;
	}
	update(t) {
		const r = this.render();
		this.hasUpdated || (this.renderOptions.isConnected = this.isConnected), super.update(t), this._$Do = D(r, this.renderRoot, this.renderOptions);
	}
	connectedCallback() {
		super.connectedCallback(), this._$Do?.setConnected(!0);
	}
	disconnectedCallback() {
		super.disconnectedCallback(), this._$Do?.setConnected(!1);
	}
	render() {
		return E;
	}
};
i$1._$litElement$ = !0, i$1["finalized"] = !0, s.litElementHydrateSupport?.({ LitElement: i$1 });
var o = s.litElementPolyfillSupport;
o?.({ LitElement: i$1 });
(s.litElementVersions ??= []).push("4.2.2");
// runtime/src/errors.ts
/** A model folder, rule file or pattern cannot be used; the message says where and what would do. */
var ModelError = class extends Error {
	name = "ModelError";
};
// runtime/src/words/offsets.ts
/** The conversion of a text whose characters are one unit each. */
var SAME = {
	toUnits: (place) => place,
	toPoints: (place) => place
};
/** Prepare the conversion for one text; a text without astral characters needs none. */
function offsetsOf(text) {
	const pairs = [...pairPlaces(text)];
	if (pairs.length === 0) return SAME;
	return {
		toUnits: (place) => place + countBelow(pairs.length, (i) => pairs[i] - i < place),
		toPoints: (place) => place - countBelow(pairs.length, (i) => pairs[i] < place)
	};
}
/** Yield the unit at which each surrogate pair begins. */
function* pairPlaces(text) {
	for (let i = 0; i < text.length; i++) if (text.codePointAt(i) > 65535) yield i++;
}
/** Count the leading indices below `size` for which `holds`, by halving. */
function countBelow(size, holds) {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = low + high >> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
// runtime/src/loading/tables.ts
/** List the keys of a table with their values, in the order of the file. */
function entriesOf(table) {
	return table instanceof Map ? [...table] : Object.entries(table);
}
// runtime/src/types.ts
/** Sort spans by start; of two that start together the longer comes first. */
function inOrder(spans) {
	return [...spans].sort((a, b) => a.start - b.start || b.end - a.end || compare(a.label, b.label));
}
/** Compare by code points, as Python does. */
function compare(a, b) {
	const [left, right] = [[...a], [...b]];
	const i = left.findIndex((char, place) => char !== right[place]);
	if (i < 0) return left.length - right.length;
	return (left[i]?.codePointAt(0) ?? -1) - (right[i]?.codePointAt(0) ?? -1);
}
// runtime/src/schema.ts
/** What may be said of a text, as read from the published shape of schema files. */
/** Build a schema from decoded JSON or TOML. */
function schemaFromData(data) {
	const { name, labels, tasks, rules, open } = asData("the schema", data);
	return {
		name: typeof name === "string" ? name : "",
		labels: named$1("labels", labels).map(([label, body]) => labelOf(label, body)),
		tasks: named$1("tasks", tasks).map(([task, body]) => taskOf(task, asData(`task ${task}`, body))),
		rules: rulesOf(rules ?? []),
		open: open === true
	};
}
function labelOf(name, body) {
	return {
		meaning: "",
		...asData(`label ${name}`, typeof body === "string" ? { meaning: body } : body),
		name
	};
}
function taskOf(name, { labels, multiple, meaning }) {
	return {
		name,
		labels: named$1(`labels of task ${name}`, labels).map(([label, body]) => labelOf(label, body)),
		multiple: multiple === true,
		meaning: typeof meaning === "string" ? meaning : ""
	};
}
function rulesOf(value) {
	if (!Array.isArray(value)) throw new ModelError(`rules is ${typeof value}, expected a list of tables`);
	return value.map((body) => {
		const rule = asData("a rule", body);
		if (typeof rule["kind"] !== "string") throw new ModelError(`a rule has the keys ${Object.keys(rule).join(", ")}, expected kind`);
		return rule;
	});
}
/** Read a table by name, or a bare list of names. */
function named$1(what, value) {
	if (Array.isArray(value)) return value.map((name) => [String(name), {}]);
	return entriesOf(asData(what, value ?? {}));
}
function asData(what, value) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new ModelError(`${what} is ${Array.isArray(value) ? "a list" : typeof value}, expected a table`);
}
// components/drawing.ts
var SPARE_COLOURS = [
	"#1f5fbf",
	"#0b7a75",
	"#b3410e",
	"#7b3fa0",
	"#806000",
	"#2e7d32",
	"#c2185b",
	"#5d4037",
	"#455a64",
	"#00838f"
];
/** The colour of a label: the schema's, or else one by its place among the labels. */
function colourOf(label, schema) {
	const place = schema.labels.findIndex(({ name }) => name === label);
	return schema.labels[place]?.colour ?? SPARE_COLOURS[Math.max(place, 0) % SPARE_COLOURS.length];
}
// components/annotator/lanes.ts
var GAP = 4;
/** Return the lane of each span, 0 nearest the text. */
function lanesOf(spans) {
	const lanes = new Array(spans.length).fill(0);
	const taken = /* @__PURE__ */ new Map();
	const done = [];
	for (const place of innerFirst(spans)) {
		const span = spans[place];
		const inside = done.filter((other) => holds(span, spans[other]));
		let lane = Math.max(0, ...inside.map((other) => lanes[other] + 1));
		while (span.stretches.some((stretch) => isTaken(taken, lane, stretch))) lane++;
		for (const stretch of span.stretches) take(taken, lane, stretch);
		lanes[place] = lane;
		done.push(place);
	}
	return lanes;
}
function innerFirst(spans) {
	const order = (a, b) => a.end - a.start - (b.end - b.start) || b.depth - a.depth || a.start - b.start;
	return spans.map((_, place) => place).sort((a, b) => order(spans[a], spans[b]));
}
function holds(outer, inner) {
	return outer.start <= inner.start && inner.end <= outer.end;
}
function isTaken(taken, lane, { row, left, right }) {
	return taken.get(`${lane} ${row}`)?.some((other) => left < other.right + GAP && other.left < right + GAP) ?? false;
}
function take(taken, lane, stretch) {
	const name = `${lane} ${stretch.row}`;
	taken.set(name, [...taken.get(name) ?? [], stretch]);
}
// components/annotator/measure.ts
var TOUCHING = 1.5;
var LEAST = 4;
/** Measure a place of the text: a piece a line, or several where left-to-right and right-to-left meet. */
function piecesOf(node, { start, end }, frame) {
	const range = document.createRange();
	range.setStart(node, Math.min(start, node.length));
	range.setEnd(node, Math.min(end, node.length));
	const rects = [...range.getClientRects()];
	return merged((rects.some(({ width }) => width >= 1) ? rects.filter(({ width }) => width >= 1) : rects.slice(0, 1)).map((rect) => pieceOf(rect, frame)));
}
function pieceOf(rect, { top, left, line, width }) {
	const from = Math.min(Math.max(0, rect.left - left), width - LEAST);
	const to = Math.min(Math.max(rect.right - left, from + LEAST), width);
	return {
		row: Math.floor((rect.top + rect.height / 2 - top) / line),
		left: from,
		right: to
	};
}
/** Join the pieces that touch. */
function merged(pieces) {
	return [...pieces].sort((a, b) => a.row - b.row || a.left - b.left).reduce((done, piece) => {
		const last = done.at(-1);
		if (last === void 0 || last.row !== piece.row || piece.left > last.right + TOUCHING) return [...done, piece];
		return [...done.slice(0, -1), {
			...last,
			right: Math.max(last.right, piece.right)
		}];
	}, []);
}
/** Return the place of the text under a point of the screen; null where there is none. */
function placeAt(node, x, y) {
	const found = caretAt(node, x, y);
	return found !== null && found.node === node ? Math.min(found.offset, node.length) : null;
}
/** Browsers have the one or the other; the one looks into shadow roots only where they are named. */
function caretAt(node, x, y) {
	const position = document.caretPositionFromPoint?.(x, y, { shadowRoots: shadowRootsOf(node) });
	if (position) return {
		node: position.offsetNode,
		offset: position.offset
	};
	const range = document.caretRangeFromPoint?.(x, y);
	return range ? {
		node: range.startContainer,
		offset: range.startOffset
	} : null;
}
function shadowRootsOf(node) {
	const found = [];
	for (let root = node.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) found.push(root);
	return found;
}
// components/annotator/drawing.ts
/** Draw a text as one text node, and over it its spans, each as one element, and the selection. */
var RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
var LETTER = /\p{L}/u;
var PROPOSED = " ?";
var Drawing = class {
	node = document.createTextNode("");
	#group;
	#marks = layer("marks");
	#selected = layer("selected");
	#elements = /* @__PURE__ */ new Map();
	#shapes = /* @__PURE__ */ new Map();
	#widths = /* @__PURE__ */ new Map();
	#offsets = offsetsOf("");
	#frame = null;
	#lanes = 0;
	#setting = "";
	constructor(group) {
		this.#group = group;
		group.replaceChildren(this.node, this.#selected, this.#marks);
	}
	/** Show another text. */
	setText(text) {
		if (this.node.data === text) return;
		this.node.data = text;
		this.#offsets = offsetsOf(text);
		this.#marks.replaceChildren();
		this.#elements.clear();
		this.#shapes.clear();
	}
	/** Measure everything again at the next drawing: the width or the font is another. */
	forget() {
		this.#shapes.clear();
		this.#widths.clear();
	}
	/** Say whether the width or the font is another than when it was measured. */
	hasChanged() {
		const setting = this.#settingNow();
		if (setting === this.#setting) return false;
		this.#setting = setting;
		return true;
	}
	draw(marks, selection) {
		if (this.#shapes.size === 0) this.#measureLetters();
		this.#frame = null;
		const placed = marks.map((mark) => this.#place(mark));
		const shown = selection === null ? [] : this.#shapeOf(selection).pieces;
		const lanes = lanesOf(placed.map(({ mark, shape, name }) => ({
			...mark,
			stretches: stretchesOf(shape, name)
		})));
		this.#setLanes(lanes.reduce((most, lane) => Math.max(most, lane + 1), 0));
		const names = placed.map((each, i) => this.#drawMark(each, lanes[i]));
		for (const [name, { element }] of this.#elements) {
			if (names.includes(name)) continue;
			element.remove();
			this.#elements.delete(name);
		}
		this.#drawSelection(shown);
	}
	#settingNow() {
		const { fontFamily, fontSize, fontWeight, letterSpacing } = getComputedStyle(this.#group);
		return [
			this.#group.clientWidth,
			fontFamily,
			fontSize,
			fontWeight,
			letterSpacing
		].join("|");
	}
	/** The height of the letters is what the first character takes on the screen. */
	#measureLetters() {
		this.#setting = this.#settingNow();
		const range = document.createRange();
		range.selectNodeContents(this.node);
		const size = Number.parseFloat(getComputedStyle(this.#group).fontSize);
		const height = range.getClientRects()[0]?.height || size * 1.25;
		this.#group.style.setProperty("--letters", `${Math.ceil(height)}px`);
	}
	#frameNow() {
		const box = this.#marks.getBoundingClientRect();
		const style = getComputedStyle(this.#group);
		const line = Number.parseFloat(style.lineHeight);
		const letters = Number.parseFloat(style.getPropertyValue("--letters"));
		return {
			left: box.left,
			top: box.top - (line - letters) / 2,
			line,
			width: box.width
		};
	}
	#shapeOf(place) {
		const name = `${place.start} ${place.end}`;
		const known = this.#shapes.get(name);
		if (known !== void 0) return known;
		const first = [...this.node.data.slice(place.start, place.end)].find((character) => LETTER.test(character));
		const isRtl = first === void 0 ? getComputedStyle(this.#group).direction === "rtl" : RTL.test(first);
		this.#frame ??= this.#frameNow();
		const shape = {
			pieces: piecesOf(this.node, place, this.#frame),
			isRtl
		};
		this.#shapes.set(name, shape);
		return shape;
	}
	/** Measure a name where it will stand, slanted, as it is widest: a canvas may round its letters otherwise. */
	#widthOf(name) {
		const known = this.#widths.get(name);
		if (known !== void 0) return known;
		const tried = this.#marks.appendChild(made("span", "mark tried"));
		tried.appendChild(made("span", "name")).dataset["name"] = name;
		const width = Math.ceil(tried.getBoundingClientRect().width) + 2;
		tried.remove();
		this.#widths.set(name, width);
		return width;
	}
	/** A name begins where its span begins, but stays inside the width that there is. */
	#place(mark) {
		const shape = this.#shapeOf(mark);
		const whole = this.#marks.clientWidth;
		const width = Math.min(this.#widthOf(nameOf$2(mark)), whole);
		const first = firstOf(shape);
		const wanted = shape.isRtl ? first.right - width : first.left;
		const left = Math.max(0, Math.min(wanted, whole - width));
		return {
			mark,
			shape,
			name: {
				row: first.row,
				left,
				right: left + width
			}
		};
	}
	#setLanes(lanes) {
		if (lanes === this.#lanes) return;
		this.#lanes = lanes;
		this.#group.style.setProperty("--lanes", String(lanes));
	}
	/** Draw a span, unless it stands as it is to be drawn. */
	#drawMark(placed, lane) {
		const { mark } = placed;
		const name = `${mark.start} ${mark.end} ${mark.label}`;
		const drawn = JSON.stringify([placed, lane]);
		const known = this.#elements.get(name);
		if (known?.drawn === drawn) return name;
		const element = known?.element ?? this.#marks.appendChild(document.createElement("span"));
		this.#elements.set(name, {
			element,
			drawn
		});
		this.#fill(element, placed, lane);
		return name;
	}
	#fill(element, { mark, shape, name }, lane) {
		const first = firstOf(shape);
		element.className = `mark${mark.chosen ? " chosen" : ""}${shape.isRtl ? " rtl" : ""}`;
		element.dataset["start"] = String(this.#offsets.toPoints(mark.start));
		element.dataset["end"] = String(this.#offsets.toPoints(mark.end));
		element.dataset["label"] = mark.label;
		if (mark.proposed) element.dataset["suggested"] = "";
		else delete element.dataset["suggested"];
		const left = Math.min(first.left, name.left);
		const right = Math.max(first.right, name.right);
		set(element, {
			"--colour": mark.colour,
			"--row": first.row,
			"--lane": lane,
			left: px(left),
			width: px(right - left)
		});
		element.replaceChildren(...shape.pieces.map((piece) => lineOf(piece, shape, first, left)), nameElement(mark, name, left));
	}
	#drawSelection(pieces) {
		this.#selected.replaceChildren(...pieces.map(({ row, left, right }) => {
			const piece = made("span", "piece");
			set(piece, {
				"--row": row,
				left: px(left),
				width: px(right - left)
			});
			return piece;
		}));
	}
};
function stretchesOf({ pieces }, name) {
	return [...pieces, name];
}
/** The piece where a reader begins: in the first row the leftmost, of right-to-left words the rightmost. */
function firstOf({ pieces, isRtl }) {
	const [first] = pieces;
	if (first === void 0) return {
		row: 0,
		left: 0,
		right: 4
	};
	const row = pieces.filter((piece) => piece.row === first.row);
	return isRtl ? row.at(-1) : first;
}
/** A line under the words; its ends are open where the span goes on in another line. */
function lineOf(piece, { pieces, isRtl }, first, left) {
	const line = made("span", "line");
	const last = pieces.at(-1);
	const begins = piece.row === first.row;
	const ends = piece.row === last.row;
	line.classList.toggle("open-left", isRtl ? !ends : !begins);
	line.classList.toggle("open-right", isRtl ? !begins : !ends);
	set(line, {
		"--down": piece.row - first.row,
		left: px(piece.left - left),
		width: px(piece.right - piece.left)
	});
	return line;
}
function nameElement(mark, name, left) {
	const element = made("span", "name");
	element.dataset["name"] = nameOf$2(mark);
	set(element, {
		left: px(name.left - left),
		width: px(name.right - name.left)
	});
	return element;
}
/** What is only proposed asks. */
function nameOf$2({ label, proposed }) {
	return proposed ? label + PROPOSED : label;
}
function layer(name) {
	const element = made("span", name);
	element.setAttribute("aria-hidden", "true");
	return element;
}
function made(tag, name) {
	const element = document.createElement(tag);
	element.className = name;
	return element;
}
function px(length) {
	return `${Math.round(length * 10) / 10}px`;
}
/** Set properties through the object model, which a strict policy allows. */
function set(element, properties) {
	for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, String(value));
}
// components/annotator/state.ts
var EMPTY = {
	spans: [],
	categories: [],
	proposed: {
		spans: [],
		categories: []
	},
	note: "",
	flagged: false
};
/** Say whether two spans have the same place and label. */
function sameSpan(a, b) {
	return samePlace(a, b) && a.label === b.label;
}
function samePlace(a, b) {
	return a.start === b.start && a.end === b.end;
}
function sameCategory(a, b) {
	return a.task === b.task && a.label === b.label;
}
/** Say whether two states mean the same, in whatever order their spans stand. */
function sameState(a, b) {
	return a === b || JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));
}
/** Bring a state into order: spans sorted, nothing twice, nothing proposed that is kept. */
function tidy(state) {
	const spans = tidySpans(state.spans);
	const categories = tidyCategories(state.categories);
	return {
		spans,
		categories,
		proposed: {
			spans: tidySpans(state.proposed.spans).filter((span) => !spans.some((kept) => sameSpan(kept, span))),
			categories: tidyCategories(state.proposed.categories).filter((each) => !categories.some((kept) => sameCategory(kept, each)))
		},
		note: state.note,
		flagged: state.flagged
	};
}
function tidySpans(spans) {
	const sorted = inOrder(spans.map(({ start, end, label }) => ({
		start,
		end,
		label
	})));
	return sorted.filter((span, i) => i === 0 || !sameSpan(sorted[i - 1], span));
}
function tidyCategories(categories) {
	const bare = categories.map(({ task, label }) => ({
		task,
		label
	}));
	return bare.filter((each, i) => bare.findIndex((other) => sameCategory(other, each)) === i);
}
/** List all spans that are drawn, in the order in which Down walks them. */
function drawnOf(state) {
	const kept = state.spans.map((span) => ({
		...span,
		proposed: false
	}));
	const proposed = state.proposed.spans.map((span) => ({
		...span,
		proposed: true
	}));
	return inOrder([...kept, ...proposed]);
}
/** Count what is proposed. */
function proposals({ proposed }) {
	return proposed.spans.length + proposed.categories.length;
}
/** Put a label on a place; take it off where it stands; accept it where it is only proposed. */
function toggleLabel(state, { start, end }, label) {
	const span = {
		start,
		end,
		label
	};
	return state.spans.some((kept) => sameSpan(kept, span)) ? withoutSpan(state, span) : withSpan(state, span);
}
function withSpan(state, span) {
	return tidy({
		...state,
		spans: [...state.spans, span]
	});
}
/** Take a span away; a proposed one is dismissed. */
function withoutSpan(state, span) {
	return without(state, (each) => sameSpan(each, span));
}
/** Take away every span that stands exactly on a place. */
function withoutPlace(state, place) {
	return without(state, (each) => samePlace(each, place));
}
function without(state, gone) {
	const stays = (span) => !gone(span);
	return {
		...state,
		spans: state.spans.filter(stays),
		proposed: {
			...state.proposed,
			spans: state.proposed.spans.filter(stays)
		}
	};
}
/** Move or shrink a span; a proposed one stays proposed. */
function replaceSpan(state, old, place) {
	const moved = (span) => sameSpan(span, old) ? {
		...span,
		start: place.start,
		end: place.end
	} : span;
	return tidy({
		...state,
		spans: state.spans.map(moved),
		proposed: {
			...state.proposed,
			spans: state.proposed.spans.map(moved)
		}
	});
}
/** Return the drawn span after (`step` 1) or before (-1) the chosen one, or else next to the selection. */
function walk(state, chosen, selection, step) {
	const drawn = drawnOf(state);
	if (drawn.length === 0) return null;
	const at = chosen === null ? -1 : drawn.findIndex((span) => sameSpan(span, chosen));
	return drawn[((at >= 0 ? at + step : beside(drawn, selection, step)) + drawn.length) % drawn.length] ?? null;
}
function beside(drawn, selection, step) {
	if (selection === null) return step === 1 ? 0 : -1;
	const after = drawn.findIndex((span) => span.start >= selection.start);
	if (step === 1) return Math.max(after, 0);
	return after < 0 ? -1 : after - 1;
}
/** Choose a label of a task; choosing it again takes it back; a task that is not `multiple` keeps one at most. */
function toggleCategory(state, schema, { task, label }) {
	const category = {
		task,
		label
	};
	const others = (each) => !sameCategory(each, category);
	if (!state.categories.every(others)) return {
		...state,
		categories: state.categories.filter(others)
	};
	const stays = (each) => others(each) && (each.task !== task || isMultiple(schema, task));
	return {
		...state,
		categories: [...state.categories.filter(stays), category],
		proposed: {
			...state.proposed,
			categories: state.proposed.categories.filter(stays)
		}
	};
}
function isMultiple(schema, task) {
	return schema.tasks.find(({ name }) => name === task)?.multiple ?? schema.open;
}
/** Keep all that is proposed; of a task with one answer, a kept label stands before a proposed one. */
function acceptAll(state, schema) {
	const categories = state.proposed.categories.reduce((kept, each) => !isMultiple(schema, each.task) && kept.some(({ task }) => task === each.task) ? kept : [...kept, each], state.categories);
	return tidy({
		...state,
		spans: [...state.spans, ...state.proposed.spans],
		categories,
		proposed: EMPTY.proposed
	});
}
/** Throw away all that is proposed. */
function dismissAll(state) {
	return {
		...state,
		proposed: EMPTY.proposed
	};
}
// components/annotator/history.ts
/** The states of a text, as far back as its history: frozen values, so that undo is a step in a list. */
function historyOf(initial) {
	return {
		states: [tidy(initial)],
		at: 0
	};
}
function current({ states, at }) {
	return states[at] ?? states[0];
}
/** Add a state; what had been undone is gone. A state that says the same is not added. */
function push(history, state) {
	if (sameState(current(history), state)) return history;
	const [first, ...others] = history.states.slice(0, history.at + 1);
	return {
		states: [
			first,
			...others,
			tidy(state)
		],
		at: history.at + 1
	};
}
function canUndo({ at }) {
	return at > 0;
}
function canRedo({ states, at }) {
	return at < states.length - 1;
}
function undo(history) {
	return canUndo(history) ? {
		...history,
		at: history.at - 1
	} : history;
}
function redo(history) {
	return canRedo(history) ? {
		...history,
		at: history.at + 1
	} : history;
}
/** Build the history of a text from its acts, so that undo goes on where it was before a reload. */
function rebuilt(initial, acts) {
	return acts.reduce(replayed, historyOf(initial));
}
/** Repeat one act. Where an undo leads elsewhere than it says, its state counts. */
function replayed(history, { kind, state }) {
	if (kind === "undo") return push(undo(history), state);
	if (kind === "redo") return push(redo(history), state);
	return push(history, state);
}
// components/annotator/strokes.ts
var MODIFIER = /^(mod|ctrl|control|cmd|meta|alt|option|shift)\+(?=.)/i;
var SPELLINGS = {
	" ": "Space",
	right: "ArrowRight",
	left: "ArrowLeft",
	up: "ArrowUp",
	down: "ArrowDown",
	return: "Enter",
	esc: "Escape",
	del: "Delete"
};
var NAMES = [..."Space ArrowRight ArrowLeft ArrowUp ArrowDown Enter Escape Delete Backspace Tab Insert Home End PageUp PageDown".split(" "), ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`)];
/** The signs whose place on the keyboard counts when Shift is held. */
var SIGNS = {
	Period: ".",
	Comma: ","
};
/** Bring a written key into the one spelling; null when it is none. */
function strokeOf(written) {
	const modifiers = /* @__PURE__ */ new Set();
	let rest = written;
	for (let found = MODIFIER.exec(rest); found !== null; found = MODIFIER.exec(rest)) {
		modifiers.add(modifierOf(found[1]));
		rest = rest.slice(found[0].length);
	}
	const key = named(rest);
	return key === null ? null : joined(modifiers.has("Mod"), modifiers.has("Alt"), modifiers.has("Shift"), key);
}
function modifierOf(name) {
	const lower = name.toLowerCase();
	if (lower === "shift") return "Shift";
	return lower === "alt" || lower === "option" ? "Alt" : "Mod";
}
function named(name) {
	if (name === " " || name.trim() !== "") {
		const spelled = SPELLINGS[name.toLowerCase()] ?? name;
		if ([...spelled].length === 1) return spelled.toLowerCase();
		return NAMES.find((each) => each.toLowerCase() === spelled.toLowerCase()) ?? null;
	}
	return null;
}
function joined(mod, alt, shift, key) {
	return `${mod ? "Mod+" : ""}${alt ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}
/** List the strokes that a pressed key may mean, the likeliest first; none while a character is being composed. */
function strokesOf(pressed) {
	const { key, isComposing } = pressed;
	if (isComposing === true || key === "Dead" || key === "Process" || key === "Unidentified") return [];
	const graph = pressed.getModifierState?.("AltGraph") ?? false;
	const mod = (pressed.ctrlKey || pressed.metaKey) && !graph;
	const alt = pressed.altKey && !graph;
	const with_ = (shift, name) => joined(mod, alt, shift, name);
	if (key === " ") return [with_(pressed.shiftKey, "Space")];
	if ([...key].length > 1) return [with_(pressed.shiftKey, key)];
	return [...byKey(pressed, mod, with_), ...byCode(pressed, with_)];
}
/** A letter is the same with CapsLock; a sign that needs Shift is written without. */
function byKey({ key, code, shiftKey }, mod, with_) {
	const lower = key.toLowerCase();
	if (!shiftKey) return [with_(false, lower)];
	if (lower !== key.toUpperCase()) return mod ? [with_(true, lower)] : [with_(true, lower), with_(false, lower)];
	return key === SIGNS[code] ? [with_(true, key)] : [with_(false, key), with_(true, key)];
}
/**
* Where the keyboard writes other letters than Latin ones, the key's place counts; so it does where digits need Shift, as
* in France, and for `.` and `,` with Shift on any.
*/
function byCode({ key, code, shiftKey }, with_) {
	const isForeign = /[^\p{ASCII}]/u.test(key) || !shiftKey && /^Digit\d$/.test(code) && !/\d/.test(key);
	const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
	if (isForeign && letter !== null) return [with_(shiftKey, (letter[1] ?? letter[2] ?? "").toLowerCase())];
	const sign = SIGNS[code];
	return shiftKey && sign !== void 0 && !/\p{L}/u.test(key) ? [with_(true, sign)] : [];
}
var SHOWN = {
	ArrowRight: "\u2192",
	ArrowLeft: "\u2190",
	ArrowDown: "\u2193",
	ArrowUp: "\u2191"
};
/** Write a stroke as it is shown to a reader: `Shift \u2192`, `Ctrl Z`, on a Mac `\u2318 Z`. */
function describeKey(stroke, { mac = false } = {}) {
	const key = stroke.replace(/^(?:(?:Mod|Alt|Shift)\+(?=.))*/, "");
	const modifiers = stroke.slice(0, stroke.length - key.length).split("+").filter((name) => name !== "");
	const named = modifiers.map((name) => name === "Mod" ? mac ? "\u2318" : "Ctrl" : name);
	const shown = SHOWN[key] ?? (modifiers.length > 0 ? key.toUpperCase() : key);
	return [...named, [...key].length > 1 ? SHOWN[key] ?? key : shown].join(" ");
}
/** Name the pressed key as a keymap writes it; null while it is no key yet. */
function keyOf(pressed) {
	return strokesOf(pressed)[0] ?? null;
}
// components/annotator/keymap.ts
/** What a keymap cannot say: two commands on one key, a key that is none, Tab. */
var KeymapError = class extends Error {
	name = "KeymapError";
};
/** Each command with its keys and what it does, in the order of the help. `Mod` is Ctrl, and on a Mac Cmd. */
var COMMANDS = {
	next: {
		keys: ["ArrowRight"],
		does: "select the next word"
	},
	previous: {
		keys: ["ArrowLeft"],
		does: "select the previous word"
	},
	extend: {
		keys: ["Shift+ArrowRight"],
		does: "extend the selection at its end by a word"
	},
	shrink: {
		keys: ["Shift+ArrowLeft"],
		does: "shrink the selection at its end by a word"
	},
	endRight: {
		keys: ["."],
		does: "move the selection's end right by a character"
	},
	endLeft: {
		keys: [","],
		does: "move the selection's end left by a character"
	},
	startRight: {
		keys: ["Shift+.", ">"],
		does: "move the selection's start right by a character"
	},
	startLeft: {
		keys: ["Shift+,", "<"],
		does: "move the selection's start left by a character"
	},
	down: {
		keys: ["ArrowDown"],
		does: "choose the next marked part"
	},
	up: {
		keys: ["ArrowUp"],
		does: "choose the marked part before"
	},
	remove: {
		keys: ["Delete", "Backspace"],
		does: "remove the chosen marked part"
	},
	undo: {
		keys: ["Mod+z"],
		does: "undo"
	},
	redo: {
		keys: ["Mod+Shift+z", "Mod+y"],
		does: "redo"
	},
	accept: {
		keys: ["Enter"],
		does: "accept, what is proposed included, and go on"
	},
	back: {
		keys: ["Shift+Enter"],
		does: "go back to the text before"
	},
	skip: {
		keys: ["Space"],
		does: "skip the text"
	},
	help: {
		keys: ["?"],
		does: "show the keys"
	}
};
/** The keys of each command as they are without a remapping. */
var KEYS = Object.fromEntries(Object.entries(COMMANDS).map(([command, { keys }]) => [command, keys]));
var SPARE = [..."abcdefghijklmnopqrstuvwxyz"];
var ONE_DIGIT = [..."1234567890"];
var DIGIT = /^\d$/;
/** Bind keys to what they do. Raise `KeymapError` at a remapping that cannot be. */
function bindingsOf(schema, keys = {}) {
	refuseUnknown(schema, keys);
	const actions = /* @__PURE__ */ new Map();
	const commands = bindCommands(keys, actions);
	bindRemapped(schema, keys, actions);
	const hasTasks = categoriesOf(schema).length > 0;
	const isTaken = (stroke) => actions.has(stroke) || hasTasks && DIGIT.test(stroke);
	const labels = bindLabels(schema, keys.labels ?? {}, actions, isTaken);
	const own = bindOwn(schema, keys.categories ?? {}, actions);
	const { codes, digits } = numbered(schema, own, actions);
	freeDigits(keys, actions, digits);
	return {
		actions,
		commands,
		labels,
		categories: categoriesOf(schema).map((each) => ({
			...each,
			key: codes.get(nameOf$1(each)) ?? own.get(nameOf$1(each)) ?? ""
		})),
		digits
	};
}
/** Find the category that digits stand for. */
function categoryOf({ categories }, typed) {
	const found = categories.find(({ key }) => key === typed);
	return found && {
		task: found.task,
		label: found.label
	};
}
/** Say what each key does, for a page that shows the keys. */
function keyHelp(bindings) {
	const commands = [...bindings.commands].map(([command, keys]) => ({
		keys,
		does: COMMANDS[command].does
	}));
	const labels = [...bindings.labels].map(([label, key]) => ({
		keys: [key],
		does: `${label}: put it on the selection, or take it off`
	}));
	const categories = bindings.categories.map(({ task, label, key }) => ({
		keys: [key],
		does: `${task}: ${label}`
	}));
	return [
		...commands,
		...labels,
		...categories
	].filter(({ keys }) => keys.some((key) => key !== ""));
}
function bindCommands(keys, actions) {
	const bound = /* @__PURE__ */ new Map();
	for (const command of Object.keys(COMMANDS)) {
		const wanted = keys[command] ?? COMMANDS[command].keys;
		const strokes = (typeof wanted === "string" ? [wanted] : wanted).map((key) => readStroke(command, key));
		for (const stroke of strokes) bind(actions, stroke, {
			kind: "command",
			command
		});
		bound.set(command, strokes);
	}
	return bound;
}
function bind(actions, stroke, action) {
	const other = actions.get(stroke);
	if (other !== void 0 && JSON.stringify(other) !== JSON.stringify(action)) throw new KeymapError(`the key ${stroke} stands for two things: ${inWords(other)} and ${inWords(action)}`);
	actions.set(stroke, action);
}
function inWords(action) {
	if (action.kind === "command") return action.command;
	return action.kind === "label" ? `the label ${action.label}` : `${action.category.task}: ${action.category.label}`;
}
function readStroke(what, key) {
	const stroke = typeof key === "string" ? strokeOf(key) : null;
	if (stroke === null) throw new KeymapError(`${what}: ${JSON.stringify(key)} is no key. Keys are written like "x", "Space", "Shift+ArrowRight", "Mod+z"`);
	if (/(^|\+)Tab$/.test(stroke)) throw new KeymapError(`${what}: Tab belongs to the browser, so that nobody is kept in the text`);
	return stroke;
}
/** Bind the keys that the remapping gives to labels and categories. */
function bindRemapped(schema, keys, actions) {
	for (const [label, key] of Object.entries(keys.labels ?? {})) bind(actions, readStroke(`the label ${label}`, key), {
		kind: "label",
		label
	});
	for (const category of categoriesOf(schema)) {
		const key = keys.categories?.[category.task]?.[category.label];
		if (key !== void 0) bind(actions, readStroke(`${category.task}: ${category.label}`, key), {
			kind: "category",
			category
		});
	}
}
/** Give each label its key: the remapped one, the schema's, or a free letter, its own if it can be. */
function bindLabels(schema, remapped, actions, isTaken) {
	const found = /* @__PURE__ */ new Map();
	const give = (label, stroke) => {
		if (found.has(label) || stroke === null || stroke === void 0 || isTaken(stroke)) return;
		actions.set(stroke, {
			kind: "label",
			label
		});
		found.set(label, stroke);
	};
	for (const { name } of schema.labels) if (remapped[name] !== void 0) found.set(name, readStroke(name, remapped[name]));
	for (const { name, key } of schema.labels) give(name, key === void 0 ? null : strokeOf(key));
	for (const { name } of schema.labels) give(name, [...[...name.toLowerCase()].filter((letter) => SPARE.includes(letter)), ...SPARE].find((letter) => !isTaken(letter)));
	return found;
}
function categoriesOf(schema) {
	return schema.tasks.flatMap(({ name, labels }) => labels.map((label) => ({
		task: name,
		label: label.name
	})));
}
/** Bind the keys that the remapping or the schema gives to categories; one that means something already is passed over. */
function bindOwn(schema, remapped, actions) {
	const found = /* @__PURE__ */ new Map();
	for (const category of categoriesOf(schema)) {
		const given = remapped[category.task]?.[category.label];
		const stroke = strokeOf(given ?? keyInSchema(schema, category) ?? "");
		if (stroke === null || given === void 0 && actions.has(stroke)) continue;
		actions.set(stroke, {
			kind: "category",
			category
		});
		found.set(nameOf$1(category), stroke);
	}
	return found;
}
function keyInSchema(schema, { task, label }) {
	return schema.tasks.find(({ name }) => name === task)?.labels.find(({ name }) => name === label)?.key;
}
/** Number the categories without a key over all tasks; where one digit is not enough, those with a digit for key, too. */
function numbered(schema, own, actions) {
	const names = categoriesOf(schema).map(nameOf$1);
	const free = ONE_DIGIT.filter((digit) => !actions.has(digit));
	const without = names.filter((name) => !own.has(name));
	if (without.length <= free.length) return {
		codes: new Map(without.map((name, i) => [name, free[i]])),
		digits: 1
	};
	const all = names.filter((name) => DIGIT.test(own.get(name) ?? "0"));
	const digits = Math.max(2, String(all.length).length);
	return {
		codes: new Map(all.map((name, i) => [name, String(i + 1).padStart(digits, "0")])),
		digits
	};
}
/** Where two digits stand for a category, one alone can stand for nothing. */
function freeDigits(keys, actions, digits) {
	if (digits === 1) return;
	for (const digit of ONE_DIGIT) {
		const action = actions.get(digit);
		if (action === void 0) continue;
		const { kind } = action;
		if (kind !== "category" || keys.categories?.[action.category.task]?.[action.category.label] !== void 0) throw new KeymapError(`the key ${digit} stands for two things: ${inWords(action)}, and categories of ${digits} digits`);
		actions.delete(digit);
	}
}
function nameOf$1({ task, label }) {
	return JSON.stringify([task, label]);
}
function refuseUnknown(schema, keys) {
	const known = [
		...Object.keys(COMMANDS),
		"labels",
		"categories"
	];
	refuse("command", Object.keys(keys), known);
	if (!schema.open) refuse("label", Object.keys(keys.labels ?? {}), schema.labels.map(({ name }) => name));
	for (const [task, labels] of Object.entries(keys.categories ?? {})) {
		refuse("task", [task], schema.tasks.map(({ name }) => name));
		refuse(`label of task ${task}`, Object.keys(labels), schema.tasks.find(({ name }) => name === task)?.labels.map(({ name }) => name) ?? []);
	}
}
function refuse(what, names, known) {
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== void 0) throw new KeymapError(`the keymap names the unknown ${what} ${JSON.stringify(unknown)}. Known: ${known.join(", ") || "none"}`);
}
// components/annotator/selection.ts
/** Select the first word, as when a text comes up. */
function firstWord({ words }) {
	return words[0] ?? null;
}
/** Select the word after the selection, or else the last. */
function nextWord({ words }, selection) {
	return (selection === null ? words[0] : words.find(({ start }) => start >= selection.end)) ?? words.at(-1) ?? null;
}
/** Select the word before the selection, or else the first. */
function previousWord({ words }, selection) {
	return (selection === null ? words[0] : words.findLast(({ end }) => end <= selection.start)) ?? words[0] ?? null;
}
/** Move the selection's end to the end of the next word. */
function extend(ruler, selection) {
	if (selection === null) return firstWord(ruler);
	const next = ruler.words.find(({ end }) => end > selection.end);
	return next === void 0 ? selection : {
		start: selection.start,
		end: next.end
	};
}
/** Move the selection's end to the end of the word before; at least one stays. */
function shrink(ruler, selection) {
	if (selection === null) return firstWord(ruler);
	const before = ruler.words.findLast(({ end }) => end < selection.end);
	return before === void 0 || before.end <= selection.start ? selection : {
		start: selection.start,
		end: before.end
	};
}
/** Move the selection's end by a character; one stays. */
function moveEnd({ edges }, selection, step) {
	if (selection === null) return firstCharacter(edges);
	const end = edgeBeside(edges, selection.end, step);
	return end === void 0 || end <= selection.start ? selection : {
		start: selection.start,
		end
	};
}
/** Move the selection's start by a character; one stays. */
function moveStart({ edges }, selection, step) {
	if (selection === null) return firstCharacter(edges);
	const start = edgeBeside(edges, selection.start, step);
	return start === void 0 || start >= selection.end ? selection : {
		start,
		end: selection.end
	};
}
function firstCharacter([start, end]) {
	return start === void 0 || end === void 0 || end === start ? null : {
		start,
		end
	};
}
function edgeBeside(edges, place, step) {
	return step === 1 ? edges.find((edge) => edge > place) : edges.findLast((edge) => edge < place);
}
/** Select the words that a drag from one place to another touches; without words there, its characters. */
function snap(ruler, from, to) {
	const [low, high] = [Math.min(from, to), Math.max(from, to)];
	const touched = ruler.words.filter(({ start, end }) => low === high ? start <= low && low < end : start < high && low < end);
	const [first, last] = [touched[0], touched.at(-1)];
	if (first !== void 0 && last !== void 0) return {
		start: first.start,
		end: last.end
	};
	return low === high ? wordAt(ruler, low) : characters(ruler, low, high);
}
/** Select the word at a place, or the nearest. */
function wordAt({ words }, place) {
	const distance = ({ start, end }) => Math.max(start - place, place - end, 0);
	return words.reduce((best, word) => best === null || distance(word) < distance(best) ? word : best, null);
}
/** Select the whole characters that a drag touches. */
function characters(ruler, from, to) {
	const [low, high] = [Math.min(from, to), Math.max(from, to)];
	const start = ruler.edges.findLast((edge) => edge <= low) ?? 0;
	const end = ruler.edges.find((edge) => edge >= high && edge > start) ?? ruler.length;
	return start < end ? {
		start,
		end
	} : wordAt(ruler, low);
}
/** Select both places and what stands between. */
function cover(selection, other) {
	if (selection === null || other === null) return other ?? selection;
	return {
		start: Math.min(selection.start, other.start),
		end: Math.max(selection.end, other.end)
	};
}
// components/annotator/pointing.ts
/** What mouse, pen and finger do on the text: they select words and choose marks. */
var Pointing = class {
	#element;
	#group;
	#node;
	#drag = null;
	#isTouch = false;
	constructor(element, group, node) {
		this.#element = element;
		this.#group = group;
		this.#node = node;
		group.addEventListener("pointerdown", (event) => this.#down(event));
		group.addEventListener("pointermove", (event) => this.#move(event));
		group.addEventListener("pointerup", () => this.#drag = null);
		group.addEventListener("pointercancel", () => this.#drag = null);
		group.addEventListener("mousedown", (event) => this.#hold(event));
		group.addEventListener("click", (event) => this.#tap(event));
	}
	/** The browser's own selection would lie over ours. */
	#hold(event) {
		if (this.#element.readOnly || event.button !== 0) return;
		event.preventDefault();
		this.#element.focusText();
	}
	#down(event) {
		this.#isTouch = event.pointerType === "touch";
		if (this.#element.readOnly || this.#isTouch || event.button !== 0 || this.#chooses(event)) return;
		const from = placeAt(this.#node, event.clientX, event.clientY);
		if (from === null) return;
		document.getSelection()?.removeAllRanges();
		this.#group.setPointerCapture(event.pointerId);
		this.#drag = {
			from,
			kept: event.shiftKey || this.#element.extending ? this.#element.selection : null
		};
		this.#selectTo(from, event.altKey);
	}
	#move(event) {
		if (this.#drag === null) return;
		const to = placeAt(this.#node, event.clientX, event.clientY);
		if (to !== null) this.#selectTo(to, event.altKey);
	}
	#selectTo(to, isFree) {
		const { ruler } = this.#element;
		const { from, kept } = this.#drag;
		const touched = isFree && from !== to ? characters(ruler, from, to) : snap(ruler, from, to);
		this.#element.select(cover(kept, touched));
	}
	/** A finger's tap selects a word; with "extend" on, it reaches to it. */
	#tap(event) {
		if (this.#element.readOnly || !this.#isTouch || this.#chooses(event)) return;
		const place = placeAt(this.#node, event.clientX, event.clientY);
		if (place === null) return;
		const word = snap(this.#element.ruler, place, place);
		this.#element.select(this.#element.extending ? cover(this.#element.selection, word) : word);
	}
	/** Choose the mark under the pointer, if there is one. */
	#chooses(event) {
		const mark = event.target instanceof Element ? event.target.closest("[data-start]") : null;
		if (mark === null) return false;
		const { toPoints } = offsetsOf(this.#element.text);
		const { start, end, label } = mark.dataset;
		const found = drawnOf(this.#element.state).find((span) => String(toPoints(span.start)) === start && String(toPoints(span.end)) === end && span.label === label);
		if (found === void 0) return false;
		this.#element.choose(found);
		return true;
	}
};
// components/annotator/quoting.ts
/** Short quotations of a text, for messages. */
var MOST = 48;
/** Quote a stretch of a text; of a long one its beginning and end. */
function quoted(words) {
	const characters = [...words];
	if (characters.length <= MOST) return `\u201c${words}\u201d`;
	const half = MOST / 2 - 1;
	return `\u201c${characters.slice(0, half).join("")}\u2026${characters.slice(-23).join("")}\u201d`;
}
// components/annotator/stops.ts
var WORDS = new Intl.Segmenter("en", { granularity: "word" });
var CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
var CURRENCY = /^\p{Sc}$/u;
var NUMBER = /^\p{Nd}/u;
var GLUED_BEHIND = /^[+#%]$/;
var SYMBOL = /\p{So}/u;
/** What nobody sees: soft hyphens, characters without width, marks of direction. Within a word it stays, at its end it is none of it. */
var UNSEEN = "\\u00ad\\u061c\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff";
/** Unicode lets a narrow space join what stands around it, as in "2 450"; French sets it before each "!". */
var NARROW$1 = "\\u202f";
var CLINGING = new RegExp(`^[${UNSEEN}${NARROW$1}]+$`, "u");
var PARTS = new RegExp(`(?:(?![${UNSEEN}]*(?:${NARROW$1}|$))[^${NARROW$1}])+|[${UNSEEN}${NARROW$1}]+`, "gu");
/** Measure a text once: its words and the edges of its characters. */
function rulerOf(text) {
	const edges = Array.from(CHARACTERS.segment(text), ({ index }) => index);
	return {
		length: text.length,
		words: wordsIn(text),
		edges: [...edges, text.length]
	};
}
/** List the words; a text without any has each run without white space as one. */
function wordsIn(text) {
	const segments = Array.from(WORDS.segment(text), bare).flat();
	const words = segments.flatMap(({ segment, isWordLike }, i) => {
		if (isWordLike !== true) return SYMBOL.test(segment) ? [placeOf(segments, i, i)] : [];
		return [placeOf(segments, beginning(segments, i), ending(segments, i))];
	});
	return words.length > 0 ? words : runsIn(text);
}
/** Part a word from the narrow spaces in it, and from what nobody sees at its end. */
function bare(found) {
	if (found.isWordLike !== true) return [found];
	return Array.from(found.segment.matchAll(PARTS), ({ index, 0: segment }) => ({
		...found,
		segment,
		index: found.index + index,
		isWordLike: !CLINGING.test(segment)
	}));
}
function placeOf(segments, from, to) {
	const last = segments[to];
	return {
		start: segments[from].index,
		end: last.index + last.segment.length
	};
}
/** A currency sign belongs to the number behind it. */
function beginning(segments, i) {
	const before = segments[i - 1]?.segment ?? "";
	return CURRENCY.test(before) && NUMBER.test(segments[i].segment) ? i - 1 : i;
}
/** `C++`, `C#` and `50%` are words. */
function ending(segments, i) {
	let last = i;
	while (GLUED_BEHIND.test(segments[last + 1]?.segment ?? "")) last++;
	return last;
}
function runsIn(text) {
	return Array.from(text.matchAll(/\S+/gu), ({ index, 0: run }) => ({
		start: index,
		end: index + run.length
	}));
}
// components/annotator/repairs.ts
/** What Python's `str.strip` takes for white space. */
var EDGES = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
/** A repair whose state is only made when somebody asks for it: of many problems few are repaired. */
function repair(label, state) {
	return {
		label,
		get state() {
			return state();
		}
	};
}
/** Return a place without the white space at its ends. */
function withoutEdges(text, { start, end }) {
	const words = text.slice(start, end);
	const trimmed = words.replace(EDGES, "");
	const from = trimmed === "" ? start : start + words.indexOf(trimmed);
	return {
		start: from,
		end: from + trimmed.length
	};
}
function remove({ text, state }, span) {
	return repair(`Remove ${span.label} from ${quoted(text.slice(span.start, span.end))}`, () => withoutSpan(state, span));
}
function removeCategory({ state }, category) {
	const stays = (each) => !sameCategory(each, category);
	const proposed = {
		...state.proposed,
		categories: state.proposed.categories.filter(stays)
	};
	return {
		label: `Remove ${category.task}: ${category.label}`,
		state: {
			...state,
			categories: state.categories.filter(stays),
			proposed
		}
	};
}
/** Cut the white space off; a span of nothing else goes. */
function trim(found, span) {
	const place = withoutEdges(found.text, span);
	if (place.start >= place.end) return remove(found, span);
	return repair("Cut the white space off", () => replaceSpan(found.state, span, place));
}
/** Put the missing label inside: on the words of the outer one, less what a sibling before it says already. */
function addInside(found, outer, label) {
	const place = restOf(found, outer, label);
	return repair(`Add ${label} on ${samePlace(place, outer) ? "the same words" : quoted(found.text.slice(place.start, place.end))}`, () => withSpan(found.state, {
		...place,
		label
	}));
}
/** Leave out the siblings at the beginning: the core of \u201cSenior Nurse\u201d is \u201cNurse\u201d. */
function restOf({ text, schema, spans }, outer, label) {
	const siblings = schema.labels.filter(({ name, parent }) => parent === outer.label && name !== label).map(({ name }) => name);
	const words = wordsInside(text, outer);
	let { start } = outer;
	for (;;) {
		const leading = spans.find((span) => siblings.includes(span.label) && span.start === start && span.end < outer.end);
		const next = leading && words.find((word) => word.start >= leading.end);
		if (next === void 0) return {
			start,
			end: outer.end
		};
		start = next.start;
	}
}
/** Keep the longest, of equal ones the first. */
function keepOne({ text, state }, spans) {
	const best = spans.reduce((one, other) => lengthOf(other) > lengthOf(one) ? other : one);
	const others = spans.filter((span) => !sameSpan(span, best));
	return repair(`Keep only ${best.label} ${quoted(text.slice(best.start, best.end))}`, () => others.reduce(withoutSpan, state));
}
function keepLonger(found, a, b) {
	return keepOne(found, [a, b]);
}
/** Put the outer label around: widen one that reaches in, or else set it on the same words. */
function putAround({ text, state, spans }, inner, label) {
	const near = spans.find((span) => span.label === label && span.start < inner.end && inner.start < span.end);
	if (near === void 0) return repair(`Add ${label} on the same words`, () => withSpan(state, {
		start: inner.start,
		end: inner.end,
		label
	}));
	const place = {
		start: Math.min(near.start, inner.start),
		end: Math.max(near.end, inner.end)
	};
	return repair(`Widen ${label} to ${quoted(text.slice(place.start, place.end))}`, () => replaceSpan(state, near, place));
}
/** Cut the shorter of two crossing spans at the other's edge; its larger part stays. */
function uncross({ text, state }, a, b) {
	const [shorter, longer] = lengthOf(b) <= lengthOf(a) ? [b, a] : [a, b];
	const inside = {
		start: Math.max(a.start, b.start),
		end: Math.min(a.end, b.end)
	};
	const outside = shorter.start < longer.start ? {
		start: shorter.start,
		end: longer.start
	} : {
		start: longer.end,
		end: shorter.end
	};
	const part = toWords(text, lengthOf(outside) > lengthOf(inside) ? outside : inside);
	return repair(`Cut ${shorter.label} to ${quoted(text.slice(part.start, part.end))}`, () => replaceSpan(state, shorter, part));
}
/** Shrink a place to the words in it. */
function toWords(text, place) {
	const words = wordsInside(text, place);
	const [first, last] = [words[0], words.at(-1)];
	return first === void 0 || last === void 0 ? place : {
		start: first.start,
		end: last.end
	};
}
/** List the words of a stretch alone: a long text has many problems and should not be read for each. */
function wordsInside(text, { start, end }) {
	return wordsIn(text.slice(start, end)).map((word) => ({
		start: word.start + start,
		end: word.end + start
	}));
}
function lengthOf({ start, end }) {
	return end - start;
}
// components/annotator/problems.ts
/** What is wrong with an annotation by its schema, as `Schema.problems` of the Python package says, with the obvious repair. */
/** List what is wrong: offsets and labels, then broken rules. What is proposed counts as if it were accepted. */
function problemsOf(text, schema, state) {
	const accepted = acceptAll(state, schema);
	const found = {
		text,
		schema,
		state,
		spans: accepted.spans
	};
	return [
		...accepted.spans.flatMap((span) => spanProblems(found, span)),
		...accepted.categories.flatMap((category) => categoryProblems(found, category)),
		...schema.rules.flatMap((rule) => CHECKS[rule.kind]?.(found, rule) ?? [])
	];
}
function spanProblems(found, span) {
	const { text, schema } = found;
	if (!(0 <= span.start && span.start < span.end && span.end <= text.length)) {
		const { toPoints } = offsetsOf(text);
		return [{
			kind: "offset",
			message: `${`${span.label} [${toPoints(span.start)}, ${toPoints(span.end)})`} does not fit in the text of ${toPoints(text.length)} code points`,
			repair: remove(found, span)
		}];
	}
	const problems = [];
	if (!schema.open && !schema.labels.some(({ name }) => name === span.label)) {
		const message = `unknown label ${span.label}. Known labels: ${schema.labels.map(({ name }) => name).join(", ")}`;
		problems.push({
			kind: "label",
			message,
			repair: remove(found, span)
		});
	}
	if (!samePlace(withoutEdges(text, span), span)) {
		const message = `${span.label} ${wordsOf(found, span)} begins or ends with white space`;
		problems.push({
			kind: "edge",
			message,
			repair: trim(found, span)
		});
	}
	return problems;
}
function categoryProblems(found, { task, label }) {
	const { schema } = found;
	if (schema.open) return [];
	const known = schema.tasks.find(({ name }) => name === task);
	const repair = removeCategory(found, {
		task,
		label
	});
	if (known === void 0) return [{
		kind: "task",
		message: `unknown task ${task}. Known tasks: ${schema.tasks.map(({ name }) => name).join(", ") || "none"}`,
		repair
	}];
	if (known.labels.some(({ name }) => name === label)) return [];
	return [{
		kind: "label",
		message: `unknown label ${label} of task ${task}. Known labels: ${known.labels.map(({ name }) => name).join(", ")}`,
		repair
	}];
}
/** Say whether every character of `inner` is in `outer`. */
function contains(outer, inner) {
	return outer.start <= inner.start && inner.end <= outer.end;
}
/** Say whether two spans share a character. */
function overlap(a, b) {
	return a.start < b.end && b.start < a.end;
}
function labelled(spans, label) {
	return spans.filter((span) => span.label === label);
}
function exactlyOneInside(found, { outer = "", inner = "" }) {
	return labelled(found.spans, outer).flatMap((span) => {
		const inside = labelled(found.spans, inner).filter((each) => contains(span, each));
		if (inside.length === 1) return [];
		const message = `${outer} ${wordsOf(found, span)} holds ${inside.length || "no"} ${inner}, not one`;
		const repair = inside.length === 0 ? addInside(found, span, inner) : keepOne(found, inside);
		return [{
			kind: "exactly_one_inside",
			message: message.replace(/(holds no .*), not one$/, "$1"),
			repair
		}];
	});
}
function inside(found, { outer = "", inner = "" }) {
	const around = labelled(found.spans, outer);
	return labelled(found.spans, inner).filter((span) => !around.some((each) => contains(each, span))).map((span) => {
		return {
			kind: "inside",
			message: `${inner} ${wordsOf(found, span)} lies in no ${outer}`,
			repair: putAround(found, span, outer)
		};
	});
}
function noOverlap(found, { label = "" }) {
	const same = labelled(found.spans, label).sort((a, b) => a.start - b.start || a.end - b.end);
	return same.slice(1).flatMap((b, i) => {
		const a = same[i];
		if (!overlap(a, b)) return [];
		return [{
			kind: "no_overlap",
			message: `two ${label} overlap: ${wordsOf(found, a)}, ${wordsOf(found, b)}`,
			repair: keepLonger(found, a, b)
		}];
	});
}
function noCrossing(found) {
	return found.spans.flatMap((a, i) => found.spans.slice(i + 1).filter((b) => overlap(a, b) && !contains(a, b) && !contains(b, a)).map((b) => {
		return {
			kind: "no_crossing",
			message: `${a.label} ${wordsOf(found, a)} and ${b.label} ${wordsOf(found, b)} cross`,
			repair: uncross(found, a, b)
		};
	}));
}
var CHECKS = {
	exactly_one_inside: exactlyOneInside,
	inside,
	no_overlap: noOverlap,
	no_crossing: noCrossing
};
function wordsOf({ text }, { start, end }) {
	return quoted(text.slice(start, end));
}
// components/annotator/style.ts
/** The style sheet of the element, adopted once by the document or shadow root that holds it. */
var CSS = `
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
span-annotator .meanings::before { content: "\u25b8 "; }
span-annotator .meanings[aria-pressed="true"] { background: none; box-shadow: none; border-color: transparent; }
span-annotator .meanings[aria-pressed="true"]::before { content: "\u25be "; }
span-annotator .bar { display: flex; align-items: center; gap: 0.25rem; }
span-annotator .bar .reach { display: none; }
span-annotator .task { min-width: 0; margin: 0.5rem 0 0; padding: 0; border: 0; }
span-annotator .task legend { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.625rem; margin-block-end: 0.375rem; padding: 0; font-size: 0.875rem; font-weight: 600; }
span-annotator .categories { display: flex; flex-wrap: wrap; gap: 0.375rem; }
span-annotator .category { display: inline-flex; align-items: center; gap: 0.375rem; padding-inline: 0.5rem; }
span-annotator .category.proposed { border-style: dashed; border-color: var(--strong-edge); font-style: italic; }
span-annotator .category.typed { border-color: var(--accent); }
span-annotator .note { display: grid; grid-template-columns: auto 1fr; align-items: baseline; gap: 0.625rem; margin-block-start: 0.875rem; font-size: 0.875rem; font-weight: 600; }
span-annotator .note textarea { width: 100%; min-height: 2.25rem; padding: 0.375rem 0.625rem; border-color: var(--strong-edge); font-weight: 400; line-height: 1.4; text-align: start; unicode-bidi: plaintext; resize: vertical; field-sizing: content; }
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
`;
var sheet = null;
/** Adopt the sheet where the element lives, once. A constructed sheet needs no permission of a content policy. */
function adoptStyle(root) {
	if (!(root instanceof Document || root instanceof ShadowRoot)) return;
	if (sheet === null) {
		sheet = new CSSStyleSheet();
		sheet.replaceSync(CSS);
	}
	if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}
// node_modules/lit-html/directive.js
/**
* @license
* Copyright 2017 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/
var t = {
	ATTRIBUTE: 1,
	CHILD: 2,
	PROPERTY: 3,
	BOOLEAN_ATTRIBUTE: 4,
	EVENT: 5,
	ELEMENT: 6
};
var e$1 = (t) => (...e) => ({
	_$litDirective$: t,
	values: e
});
var i = class {
	constructor(t) {}
	get _$AU() {
		return this._$AM._$AU;
	}
	_$AT(t, e, i) {
		this._$Ct = t, this._$AM = e, this._$Ci = i;
	}
	_$AS(t, e) {
		return this.update(t, e);
	}
	update(t, e) {
		return this.render(...e);
	}
};
// node_modules/lit-html/directives/class-map.js
/**
* @license
* Copyright 2018 Google LLC
* SPDX-License-Identifier: BSD-3-Clause
*/ var e = e$1(class extends i {
	constructor(t$3) {
		if (super(t$3), t$3.type !== t.ATTRIBUTE || "class" !== t$3.name || t$3.strings?.length > 2) throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.");
	}
	render(t) {
		return " " + Object.keys(t).filter((s) => t[s]).join(" ") + " ";
	}
	update(s, [i]) {
		if (void 0 === this.st) {
			this.st = /* @__PURE__ */ new Set(), void 0 !== s.strings && (this.nt = new Set(s.strings.join(" ").split(/\s/).filter((t) => "" !== t)));
			for (const t in i) i[t] && !this.nt?.has(t) && this.st.add(t);
			return this.render(i);
		}
		const r = s.element.classList;
		for (const t of this.st) t in i || (r.remove(t), this.st.delete(t));
		for (const t in i) {
			const s = !!i[t];
			s === this.st.has(t) || this.nt?.has(t) || (s ? (r.add(t), this.st.add(t)) : (r.remove(t), this.st.delete(t)));
		}
		return E;
	}
});
// components/annotator/coloured.ts
/** A directive that gives an element its label's colour through the object model: style attributes are refused by a strict policy. */
var Coloured = class extends i {
	#colour = "";
	render(_colour) {
		return E;
	}
	update(part, [colour]) {
		if (colour !== this.#colour) part.element.style.setProperty("--colour", colour);
		this.#colour = colour;
		return E;
	}
};
var coloured = e$1(Coloured);
// components/annotator/views.ts
var MOST_PROBLEMS = 5;
var LONG_TEXT = 400;
var UNDO = "M5 6h6a3.5 3.5 0 0 1 0 7H7M5 6l3-3M5 6l3 3";
var REDO = "M11 6H5a3.5 3.5 0 0 0 0 7h4M11 6 8 3m3 3L8 9";
var FLAG = "M4 14V2.5m0 .5h8l-2 3 2 3H4";
var EXTEND = "M2 5v6M14 5v6M5 8h6M9 6l2 2-2 2";
function view(element) {
	return b`
    ${element.fault === "" ? A : b`<p class="fault" role="alert">${element.fault}</p>`}
    <div
      class=${e({
		text: true,
		long: element.text.length > LONG_TEXT
	})}
      role="group"
      aria-label="Text"
      dir="auto"
      tabindex=${element.readOnly ? A : 0}
      data-id=${element.textId}
    ></div>
    ${element.readOnly ? A : tools(element)} ${element.readOnly ? A : around(element)}
  `;
}
function around(element) {
	return b`
    ${problems(element)} ${choices(element)} ${note(element)}
    <p class="visually-hidden" role="status" aria-live="polite">${element.said}</p>
  `;
}
function tools(element) {
	const { state } = element;
	return b`<div class="tools">
    <div class="buttons">
      ${tool(element, "Undo", UNDO, () => element.undo(), { disabled: !element.canUndo })}
      ${tool(element, "Redo", REDO, () => element.redo(), { disabled: !element.canRedo })}
      ${element.schema.labels.length === 0 ? A : b`<div class="reach">${extendTool(element)}</div>`}
      ${tool(element, "Flag", FLAG, () => element.toggleFlag(), {
		pressed: state.flagged,
		title: "Flag the text, to look at it again",
		name: "flag"
	})}
    </div>
    ${suggestions(element)}
  </div>`;
}
/** It stands among the tools, and on a phone in the bar at the bottom, where it is always at hand; the sheet shows one of them. */
function extendTool(element) {
	return tool(element, "Extend", EXTEND, () => element.extending = !element.extending, {
		pressed: element.extending,
		title: "Extend: the next word pressed on becomes the selection's other end"
	});
}
function tool(element, name, path, press, options) {
	return b`<button
    type="button"
    class=${options.name === void 0 ? "tool" : `tool ${options.name}`}
    title=${options.title ?? A}
    aria-disabled=${options.disabled === true ? "true" : A}
    aria-pressed=${options.pressed === void 0 ? A : String(options.pressed)}
    @mousedown=${keepFocus}
    @click=${pressing(element, press)}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">${w`<path d=${path}></path>`}</svg><span>${name}</span>
  </button>`;
}
function suggestions(element) {
	const count = proposals(element.state);
	if (count === 0) return A;
	return b`<p class="suggestions">
    <span>${count} proposed</span>
    <button type="button" class="accept" @mousedown=${keepFocus} @click=${() => leaving(element, () => element.acceptAll())}>Accept all</button>
    <button type="button" class="quiet" @mousedown=${keepFocus} @click=${() => leaving(element, () => element.dismissAll())}>Dismiss</button>
    <span class="hint"><kbd>${element.bindings.commands.get("accept")?.[0] ?? ""}</kbd> accepts all and goes on</span>
  </p>`;
}
/** A press by mouse leaves the focus where it is, in the text. */
function keepFocus(event) {
	event.preventDefault();
}
/** After a press by mouse or finger the text has the focus; after one by keyboard it stays on the button. */
function pressing(element, press) {
	return ({ detail }) => {
		press();
		if (detail > 0) element.focusText();
	};
}
/** A button that is gone after its press gives the focus to the text. */
function leaving(element, press) {
	press();
	element.focusText();
}
function problems(element) {
	if (element.schema.rules.length === 0 && element.problems.length === 0) return A;
	const more = element.problems.length - MOST_PROBLEMS;
	return b`<div class="problems" role="status">
    <ul>
      ${element.problems.slice(0, MOST_PROBLEMS).map(({ message, repair }) => problemView(element, message, repair))}
    </ul>
    ${more > 0 ? b`<p>and ${more} more</p>` : A}
  </div>`;
}
function problemView(element, message, repair) {
	return b`<li>
    <span>${message}</span>
    ${repair === void 0 ? A : b`<button type="button" @mousedown=${keepFocus} @click=${() => element.repair(repair)}>${repair.label}</button>`}
  </li>`;
}
/** Labels and categories; under a long text they stay at the window's edge. */
function choices(element) {
	const { labels, tasks } = element.schema;
	if (labels.length === 0 && tasks.length === 0) return A;
	return b`<div class="choices">${palette(element)} ${tasks.map((task) => taskView(element, task))}</div>`;
}
function palette(element) {
	const { labels } = element.schema;
	if (labels.length === 0) return A;
	const hasMeanings = !element.compact && labels.some(({ meaning }) => meaning !== "");
	return b`<section class=${e({
		palette: true,
		bare: !hasMeanings || !element.meanings
	})} aria-label="Labels">
    <div class="labels">${labels.map((label) => labelView(element, label))}</div>
    <div class="bar">
      <div class="reach">${extendTool(element)}</div>
      ${hasMeanings ? b`<button
            type="button"
            class="quiet meanings"
            aria-pressed=${String(element.meanings)}
            @mousedown=${keepFocus}
            @click=${pressing(element, () => element.meanings = !element.meanings)}
          >
            Meanings
          </button>` : A}
    </div>
  </section>`;
}
function labelView(element, { name, meaning }) {
	const { selection, state, schema } = element;
	const span = selection && {
		...selection,
		label: name
	};
	const isOn = span !== null && state.spans.some((each) => sameSpan(each, span));
	const isProposed = span !== null && state.proposed.spans.some((each) => sameSpan(each, span));
	const key = element.bindings.labels.get(name) ?? "";
	return b`<button
    type="button"
    class=${e({
		label: true,
		proposed: isProposed
	})}
    value=${name}
    aria-description=${meaning === "" ? A : meaning}
    aria-keyshortcuts=${key === "" ? A : key}
    aria-pressed=${String(isOn)}
    ${coloured(colourOf(name, schema))}
    @mousedown=${keepFocus}
    @click=${pressing(element, () => element.putLabel(name))}
  >
    ${key === "" ? A : b`<kbd aria-hidden="true">${key}</kbd>`}
    <span class="label-name">${name}</span>
    ${meaning === "" ? A : b`<span class="meaning" aria-hidden="true">${meaning}</span>`}
  </button>`;
}
function taskView(element, task) {
	return b`<fieldset class="task">
    <legend>${task.name}${element.compact || task.meaning === "" ? A : b`<span class="meaning">${task.meaning}</span>`}</legend>
    <div class="categories">${task.labels.map((label) => categoryView(element, task, label))}</div>
  </fieldset>`;
}
function categoryView(element, task, { name, meaning, colour }) {
	const category = {
		task: task.name,
		label: name
	};
	const isOn = element.state.categories.some((each) => sameCategory(each, category));
	const isProposed = element.state.proposed.categories.some((each) => sameCategory(each, category));
	const key = element.bindings.categories.find((each) => sameCategory(each, category))?.key ?? "";
	return b`<button
    type="button"
    class=${e({
		category: true,
		proposed: isProposed,
		typed: element.typed !== "" && key.startsWith(element.typed)
	})}
    title=${meaning === "" ? A : meaning}
    aria-pressed=${String(isOn)}
    ${coloured(colour ?? "var(--accent)")}
    @mousedown=${keepFocus}
    @click=${pressing(element, () => element.putCategory(category))}
  >
    ${key === "" ? A : b`<kbd aria-hidden="true">${key}</kbd>`}<span>${name}</span>${isProposed ? b`<span class="asks" aria-hidden="true">?</span><span class="visually-hidden">proposed</span>` : A}
  </button>`;
}
function note(element) {
	return b`<label class="note">
    <span>Note</span>
    <textarea
      rows="1"
      .value=${element.state.note}
      placeholder="What should somebody know about this text?"
      @input=${() => element.noteTyped()}
      @change=${() => element.noteDone()}
    ></textarea>
  </label>`;
}
// components/annotator/span_annotator.ts
var NO_SCHEMA = {
	name: "",
	labels: [],
	tasks: [],
	rules: [],
	open: true
};
var REPEATABLE = "next previous extend shrink endRight endLeft startRight startLeft down up undo redo".split(" ");
var DIGIT_PAUSE = 1e3;
var NOTE_PAUSE = 1e3;
var NARROW = 640;
var SpanAnnotator = class extends i$1 {
	static properties = {
		text: {},
		textId: { attribute: "text-id" },
		schema: { attribute: false },
		acts: { attribute: false },
		initial: { attribute: false },
		keys: { attribute: false },
		readOnly: {
			type: Boolean,
			attribute: "readonly",
			reflect: true
		},
		compact: {
			type: Boolean,
			reflect: true
		},
		guideline: {},
		theme: { reflect: true },
		history: { state: true },
		selection: { state: true },
		chosen: { state: true },
		extending: { state: true },
		meanings: { state: true },
		typed: { state: true },
		said: { state: true }
	};
	ruler = rulerOf("");
	bindings = bindingsOf(NO_SCHEMA);
	fault = "";
	problems = [];
	#drawing = null;
	#resized = null;
	#digitsEnd = 0;
	#noteEnd = 0;
	#fontsCame = () => this.#measureAgain();
	constructor() {
		super();
		this.text = "";
		this.textId = "";
		this.schema = NO_SCHEMA;
		this.acts = [];
		this.initial = EMPTY;
		this.keys = {};
		this.readOnly = false;
		this.compact = false;
		this.guideline = "";
		this.history = historyOf(EMPTY);
		this.selection = null;
		this.chosen = null;
		this.extending = false;
		this.meanings = true;
		this.typed = "";
		this.said = "";
	}
	/** What stands on the text now. */
	get state() {
		return current(this.history);
	}
	get canUndo() {
		return canUndo(this.history);
	}
	get canRedo() {
		return canRedo(this.history);
	}
	/** Give the text the focus, so that keys reach it. */
	focusText() {
		this.#group?.focus({ preventScroll: true });
	}
	undo() {
		this.#goTo(undo(this.history), "undo", "undone");
	}
	redo() {
		this.#goTo(redo(this.history), "redo", "redone");
	}
	/** Keep all that is proposed. */
	acceptAll() {
		const count = proposals(this.state);
		this.change(acceptAll(this.state, this.schema), `accepted ${count}`);
	}
	/** Say what each key does, the labels' keys included. */
	keyHelp() {
		return keyHelp(this.bindings);
	}
	createRenderRoot() {
		return this;
	}
	connectedCallback() {
		super.connectedCallback();
		adoptStyle(this.getRootNode());
		document.fonts?.addEventListener("loadingdone", this.#fontsCame);
		if (this.#drawing !== null) this.#watch();
	}
	disconnectedCallback() {
		super.disconnectedCallback();
		document.fonts?.removeEventListener("loadingdone", this.#fontsCame);
		this.#resized?.disconnect();
		clearTimeout(this.#digitsEnd);
		this.#saveNote();
	}
	willUpdate(changed) {
		if (changed.has("schema") || changed.has("keys")) this.#bind();
		if (changed.has("text")) this.ruler = rulerOf(this.text);
		const isAnother = changed.has("text") || changed.has("textId");
		if (isAnother || changed.has("acts") || changed.has("initial")) this.history = rebuilt(this.initial, this.acts);
		if (isAnother) this.#begin();
		if (changed.has("history") || changed.has("schema") || isAnother) this.problems = this.readOnly ? [] : problemsOf(this.text, this.schema, this.state);
	}
	render() {
		return view(this);
	}
	firstUpdated() {
		const group = this.#group;
		if (group === null) return;
		this.#drawing = new Drawing(group);
		new Pointing(this, group, this.#drawing.node);
		group.addEventListener("keydown", (event) => this.#pressed(event));
		group.addEventListener("copy", (event) => this.#copied(event));
		this.addEventListener("keydown", (event) => this.#pressedBeside(event));
		this.#watch();
		if (this.clientWidth > 0 && this.clientWidth < NARROW) this.meanings = false;
	}
	updated(changed) {
		if (this.#drawing === null) return;
		const written = this.querySelector(".note textarea");
		if (written !== null && (changed.has("text") || changed.has("textId"))) written.value = this.state.note;
		this.#drawing.setText(this.text);
		this.#drawing.draw(this.#marks(), this.readOnly ? null : this.selection);
	}
	get #group() {
		return this.querySelector(".text");
	}
	/** The next text comes up: nothing of the one before stays. */
	#begin() {
		this.selection = firstWord(this.ruler);
		this.chosen = null;
		this.typed = "";
		clearTimeout(this.#noteEnd);
		this.#noteEnd = 0;
	}
	/** A keymap that cannot be is said above the text; the keys are then those of the schema. */
	#bind() {
		try {
			this.bindings = bindingsOf(this.schema, this.keys);
			this.fault = "";
		} catch (error) {
			if (!(error instanceof KeymapError)) throw error;
			this.bindings = bindingsOf(this.schema);
			this.fault = `The keys cannot be remapped so: ${error.message}.`;
		}
	}
	#watch() {
		this.#resized ??= new ResizeObserver(() => this.#measureAgain());
		if (this.#group !== null) this.#resized.observe(this.#group);
	}
	#measureAgain() {
		if (this.#drawing?.hasChanged() !== true) return;
		this.#drawing.forget();
		this.#drawing.draw(this.#marks(), this.readOnly ? null : this.selection);
	}
	#marks() {
		return drawnOf(this.state).filter(({ start, end }) => start < end && end <= this.text.length).map((span) => ({
			...span,
			colour: colourOf(span.label, this.schema),
			depth: depthOf(span.label, this.schema),
			chosen: this.chosen !== null && sameSpan(this.chosen, span)
		}));
	}
	/** Make an edit, say what happened, and tell whoever holds the element. */
	change(state, said) {
		const history = push(this.history, state);
		if (this.readOnly || history === this.history) return;
		this.#goTo(history, "edit", said);
	}
	#goTo(history, kind, said) {
		if (this.readOnly || history === this.history) return;
		this.history = history;
		this.#keepChosen();
		this.say(said);
		this.#tell("act", {
			kind,
			state: this.state
		});
	}
	#keepChosen() {
		const { chosen } = this;
		if (chosen !== null && !drawnOf(this.state).some((span) => sameSpan(span, chosen))) this.chosen = null;
	}
	#tell(name, detail) {
		this.dispatchEvent(new CustomEvent(`annotator-${name}`, {
			detail: {
				...detail,
				textId: this.textId
			},
			bubbles: true,
			composed: true
		}));
	}
	/** Say something to those who listen to a screen reader; twice the same is said twice. */
	say(message) {
		this.said = this.said === message ? `${message}\u00a0` : message;
	}
	select(selection, chosen = null) {
		this.selection = selection;
		this.chosen = chosen;
		if (selection === null) return;
		const words = quoted(this.text.slice(selection.start, selection.end));
		this.say(chosen === null ? `selected: ${words}` : `${chosen.label} on ${words}`);
	}
	putLabel(label) {
		const { selection } = this;
		if (selection === null) return this.say("select words first");
		const state = toggleLabel(this.state, selection, label);
		const words = quoted(this.text.slice(selection.start, selection.end));
		const isOn = state.spans.some((span) => sameSpan(span, {
			...selection,
			label
		}));
		this.change(state, isOn ? `${label} on ${words}` : `${label} removed from ${words}`);
	}
	putCategory(category) {
		const state = toggleCategory(this.state, this.schema, category);
		const isOn = state.categories.some((each) => sameCategory(each, category));
		this.change(state, `${category.task}: ${category.label}${isOn ? "" : " removed"}`);
	}
	repair({ label, state }) {
		this.change(state, label);
		this.focusText();
	}
	toggleFlag() {
		this.change({
			...this.state,
			flagged: !this.state.flagged
		}, this.state.flagged ? "flag removed" : "flagged");
	}
	dismissAll() {
		this.change(dismissAll(this.state), "proposals dismissed");
	}
	/** Write a note down when it rests, so that a page that ends suddenly does not take it along. */
	noteTyped() {
		clearTimeout(this.#noteEnd);
		this.#noteEnd = window.setTimeout(() => this.#saveNote(), NOTE_PAUSE);
	}
	noteDone() {
		this.#noteEnd ||= 1;
		this.#saveNote();
	}
	#saveNote() {
		clearTimeout(this.#noteEnd);
		const note = this.#noteEnd === 0 ? void 0 : this.querySelector(".note textarea")?.value;
		this.#noteEnd = 0;
		if (note !== void 0) this.change({
			...this.state,
			note
		}, "note written");
	}
	#pressed(event) {
		if (this.readOnly || event.target !== this.#group) return;
		const strokes = strokesOf(event);
		const digit = strokes.find((stroke) => /^\d$/.test(stroke));
		const action = this.#actionOf(strokes);
		if (action !== void 0) {
			event.preventDefault();
			event.stopPropagation();
			if (event.repeat && !(action.kind === "command" && REPEATABLE.includes(action.command))) return;
			this.#act(action);
		} else if (digit !== void 0 && this.bindings.categories.length > 0) {
			event.preventDefault();
			event.stopPropagation();
			if (!event.repeat) this.#digit(digit);
		}
	}
	#actionOf(strokes) {
		return strokes.map((stroke) => this.bindings.actions.get(stroke)).find((action) => action !== void 0);
	}
	/** Undo and redo reach the whole element, but not the note, which has the browser's. */
	#pressedBeside(event) {
		if (event.target instanceof HTMLTextAreaElement) return;
		const action = this.#actionOf(strokesOf(event));
		if (action?.kind !== "command" || !(action.command === "undo" || action.command === "redo")) return;
		if (!(event.ctrlKey || event.metaKey)) return;
		event.preventDefault();
		this.#act(action);
	}
	#act(action) {
		if (action.kind === "label") this.putLabel(action.label);
		else if (action.kind === "category") this.putCategory(action.category);
		else this.#command(action.command);
	}
	#command(command) {
		const { ruler, selection } = this;
		({
			next: () => this.select(nextWord(ruler, selection)),
			previous: () => this.select(previousWord(ruler, selection)),
			extend: () => this.select(extend(ruler, selection)),
			shrink: () => this.select(shrink(ruler, selection)),
			endRight: () => this.select(moveEnd(ruler, selection, 1)),
			endLeft: () => this.select(moveEnd(ruler, selection, -1)),
			startRight: () => this.select(moveStart(ruler, selection, 1)),
			startLeft: () => this.select(moveStart(ruler, selection, -1)),
			down: () => this.#walk(1),
			up: () => this.#walk(-1),
			remove: () => this.#remove(),
			undo: () => this.undo(),
			redo: () => this.redo(),
			accept: () => this.#accept(),
			back: () => this.#tell("back", {}),
			skip: () => this.#tell("skip", { state: this.state }),
			help: () => this.#tell("help", {})
		})[command]();
		this.#keepInView();
	}
	#walk(step) {
		const span = walk(this.state, this.chosen, this.selection, step);
		if (span === null) this.say("no spans");
		else this.choose(span);
	}
	choose({ start, end, label }) {
		this.select({
			start,
			end
		}, {
			start,
			end,
			label
		});
	}
	#remove() {
		const { chosen, selection } = this;
		if (chosen !== null) this.change(withoutSpan(this.state, chosen), `${chosen.label} removed`);
		else if (selection !== null) this.change(withoutPlace(this.state, selection), "removed");
	}
	/** Keep what is proposed and hand the text in; whoever holds the element saves it and brings the next. */
	#accept() {
		this.history = push(this.history, acceptAll(this.state, this.schema));
		this.say("accepted");
		this.#tell("accept", { state: this.state });
	}
	/** Gather the digits of a category typed within a second. */
	#digit(digit) {
		clearTimeout(this.#digitsEnd);
		this.typed = (this.typed + digit).slice(-this.bindings.digits);
		if (this.typed.length < this.bindings.digits) {
			this.#digitsEnd = window.setTimeout(() => this.typed = "", DIGIT_PAUSE);
			return;
		}
		const category = categoryOf(this.bindings, this.typed);
		if (category === void 0) this.say(`no category has the digits ${this.typed}`);
		else this.putCategory(category);
		this.typed = "";
	}
	/** Keys that go beyond the window's edge bring the selection into it. */
	#keepInView() {
		this.updateComplete.then(() => this.querySelector(".selected .piece")?.scrollIntoView({
			block: "nearest",
			inline: "nearest"
		}));
	}
	#copied(event) {
		if (this.selection === null || !document.getSelection()?.isCollapsed) return;
		event.clipboardData?.setData("text/plain", this.text.slice(this.selection.start, this.selection.end));
		event.preventDefault();
	}
};
/** Count a label's ancestors in the schema. */
function depthOf(label, schema) {
	const seen = /* @__PURE__ */ new Set([label]);
	const parentOf = (name) => schema.labels.find((each) => each.name === name)?.parent;
	for (let parent = parentOf(label); parent !== void 0 && !seen.has(parent); parent = parentOf(parent)) seen.add(parent);
	return seen.size - 1;
}
// components/annotator/wire.ts
/** The edge between the element and JSON: there offsets count code points, here UTF-16 units. */
/** What came over the wire is not what was agreed. */
var WireError = class extends Error {
	name = "WireError";
};
/** Read a state from decoded JSON. Labels that the schema does not know survive; what is missing is empty. */
function stateFromData(text, data) {
	const offsets = offsetsOf(text);
	const { proposed, note, flagged, ...kept } = asTable("the state", data);
	const most = offsets.toPoints(text.length);
	return tidy({
		...layerFromData(kept, offsets, most),
		proposed: layerFromData(asTable("proposed", proposed ?? {}), offsets, most),
		note: typeof note === "string" ? note : "",
		flagged: flagged === true
	});
}
/** Write a state as data for JSON. */
function stateToData(text, state) {
	const { toPoints } = offsetsOf(text);
	const layer = ({ spans, categories }) => ({
		spans: spans.map(({ start, end, label }) => ({
			start: toPoints(start),
			end: toPoints(end),
			label
		})),
		categories: categories.map(({ task, label }) => ({
			task,
			label
		}))
	});
	return {
		...layer(state),
		proposed: layer(state.proposed),
		note: state.note,
		flagged: state.flagged
	};
}
/** Make the state of a text without acts: its suggestion, if it has one, as proposals. */
function initialFromData(text, suggestion) {
	if (suggestion === null || suggestion === void 0) return EMPTY;
	return stateFromData(text, { proposed: suggestion });
}
/** Read the acts of a text, oldest first. */
function actsFromData(text, acts) {
	return acts.map((data) => {
		const { kind, state } = asTable("an act", data);
		return {
			kind,
			state: stateFromData(text, state)
		};
	});
}
function layerFromData({ spans, categories }, offsets, most) {
	return {
		spans: asList("spans", spans).map((data) => spanFromData(data, offsets, most)),
		categories: asList("categories", categories).map(categoryFromData)
	};
}
function spanFromData(data, { toUnits }, most) {
	const { start, end, label } = asTable("a span", data);
	if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end) || end > most) throw new WireError(`a span from ${String(start)} to ${String(end)} does not fit in the text of ${most} code points`);
	return {
		start: toUnits(start),
		end: toUnits(end),
		label: asName("a span's label", label)
	};
}
function categoryFromData(data) {
	const { task, label } = asTable("a category", data);
	return {
		task: asName("a category's task", task),
		label: asName("a category's label", label)
	};
}
function asTable(what, data) {
	if (typeof data === "object" && data !== null && !Array.isArray(data)) return data;
	throw new WireError(`${what} is ${nameOf(data)}, expected a table`);
}
function asList(what, data) {
	if (data === void 0 || data === null) return [];
	if (Array.isArray(data)) return data;
	throw new WireError(`${what} is ${nameOf(data)}, expected a list`);
}
function asName(what, data) {
	if (typeof data === "string" && data !== "") return data;
	throw new WireError(`${what} is ${nameOf(data)}, expected a name`);
}
function nameOf(data) {
	if (data === null) return "null";
	return Array.isArray(data) ? "a list" : data === "" ? "empty" : typeof data;
}
// components/annotator/index.ts
/** `<span-annotator>` with what belongs to it: importing this defines the element. */
if (customElements.get("span-annotator") === void 0) customElements.define("span-annotator", SpanAnnotator);
export { COMMANDS, KEYS, KeymapError, SpanAnnotator, WireError, actsFromData, describeKey, initialFromData, keyHelp, keyOf, problemsOf, schemaFromData, stateFromData, stateToData };
