/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const qe=globalThis,dt=qe.ShadowRoot&&(qe.ShadyCSS===void 0||qe.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,pt=Symbol(),It=new WeakMap;let ds=class{constructor(e,s,r){if(this._$cssResult$=!0,r!==pt)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=s}get styleSheet(){let e=this.o;const s=this.t;if(dt&&e===void 0){const r=s!==void 0&&s.length===1;r&&(e=It.get(s)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),r&&It.set(s,e))}return e}toString(){return this.cssText}};const Bs=t=>new ds(typeof t=="string"?t:t+"",void 0,pt),K=(t,...e)=>{const s=t.length===1?t[0]:e.reduce((r,i,n)=>r+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+t[n+1],t[0]);return new ds(s,t,pt)},Hs=(t,e)=>{if(dt)t.adoptedStyleSheets=e.map(s=>s instanceof CSSStyleSheet?s:s.styleSheet);else for(const s of e){const r=document.createElement("style"),i=qe.litNonce;i!==void 0&&r.setAttribute("nonce",i),r.textContent=s.cssText,t.appendChild(r)}},zt=dt?t=>t:t=>t instanceof CSSStyleSheet?(e=>{let s="";for(const r of e.cssRules)s+=r.cssText;return Bs(s)})(t):t;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:js,defineProperty:qs,getOwnPropertyDescriptor:Zs,getOwnPropertyNames:Ks,getOwnPropertySymbols:Ws,getPrototypeOf:Fs}=Object,Ge=globalThis,Mt=Ge.trustedTypes,Qs=Mt?Mt.emptyScript:"",Vs=Ge.reactiveElementPolyfillSupport,ze=(t,e)=>t,Ke={toAttribute(t,e){switch(e){case Boolean:t=t?Qs:null;break;case Object:case Array:t=t==null?t:JSON.stringify(t)}return t},fromAttribute(t,e){let s=t;switch(e){case Boolean:s=t!==null;break;case Number:s=t===null?null:Number(t);break;case Object:case Array:try{s=JSON.parse(t)}catch{s=null}}return s}},ft=(t,e)=>!js(t,e),Ot={attribute:!0,type:String,converter:Ke,reflect:!1,useDefault:!1,hasChanged:ft};Symbol.metadata??=Symbol("metadata"),Ge.litPropertyMetadata??=new WeakMap;let ke=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,s=Ot){if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(e,s),!s.noAccessor){const r=Symbol(),i=this.getPropertyDescriptor(e,r,s);i!==void 0&&qs(this.prototype,e,i)}}static getPropertyDescriptor(e,s,r){const{get:i,set:n}=Zs(this.prototype,e)??{get(){return this[s]},set(o){this[s]=o}};return{get:i,set(o){const a=i?.call(this);n?.call(this,o),this.requestUpdate(e,a,r)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ot}static _$Ei(){if(this.hasOwnProperty(ze("elementProperties")))return;const e=Fs(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ze("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ze("properties"))){const s=this.properties,r=[...Ks(s),...Ws(s)];for(const i of r)this.createProperty(i,s[i])}const e=this[Symbol.metadata];if(e!==null){const s=litPropertyMetadata.get(e);if(s!==void 0)for(const[r,i]of s)this.elementProperties.set(r,i)}this._$Eh=new Map;for(const[s,r]of this.elementProperties){const i=this._$Eu(s,r);i!==void 0&&this._$Eh.set(i,s)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const s=[];if(Array.isArray(e)){const r=new Set(e.flat(1/0).reverse());for(const i of r)s.unshift(zt(i))}else e!==void 0&&s.push(zt(e));return s}static _$Eu(e,s){const r=s.attribute;return r===!1?void 0:typeof r=="string"?r:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,s=this.constructor.elementProperties;for(const r of s.keys())this.hasOwnProperty(r)&&(e.set(r,this[r]),delete this[r]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Hs(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,s,r){this._$AK(e,r)}_$ET(e,s){const r=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,r);if(i!==void 0&&r.reflect===!0){const n=(r.converter?.toAttribute!==void 0?r.converter:Ke).toAttribute(s,r.type);this._$Em=e,n==null?this.removeAttribute(i):this.setAttribute(i,n),this._$Em=null}}_$AK(e,s){const r=this.constructor,i=r._$Eh.get(e);if(i!==void 0&&this._$Em!==i){const n=r.getPropertyOptions(i),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:Ke;this._$Em=i;const a=o.fromAttribute(s,n.type);this[i]=a??this._$Ej?.get(i)??a,this._$Em=null}}requestUpdate(e,s,r,i=!1,n){if(e!==void 0){const o=this.constructor;if(i===!1&&(n=this[e]),r??=o.getPropertyOptions(e),!((r.hasChanged??ft)(n,s)||r.useDefault&&r.reflect&&n===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,r))))return;this.C(e,s,r)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,s,{useDefault:r,reflect:i,wrapped:n},o){r&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??s??this[e]),n!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||r||(s=void 0),this._$AL.set(e,s)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(s){Promise.reject(s)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[i,n]of this._$Ep)this[i]=n;this._$Ep=void 0}const r=this.constructor.elementProperties;if(r.size>0)for(const[i,n]of r){const{wrapped:o}=n,a=this[i];o!==!0||this._$AL.has(i)||a===void 0||this.C(i,void 0,n,a)}}let e=!1;const s=this._$AL;try{e=this.shouldUpdate(s),e?(this.willUpdate(s),this._$EO?.forEach(r=>r.hostUpdate?.()),this.update(s)):this._$EM()}catch(r){throw e=!1,this._$EM(),r}e&&this._$AE(s)}willUpdate(e){}_$AE(e){this._$EO?.forEach(s=>s.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(s=>this._$ET(s,this[s])),this._$EM()}updated(e){}firstUpdated(e){}};ke.elementStyles=[],ke.shadowRootOptions={mode:"open"},ke[ze("elementProperties")]=new Map,ke[ze("finalized")]=new Map,Vs?.({ReactiveElement:ke}),(Ge.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const gt=globalThis,Dt=t=>t,We=gt.trustedTypes,Lt=We?We.createPolicy("lit-html",{createHTML:t=>t}):void 0,ps="$lit$",V=`lit$${Math.random().toFixed(9).slice(2)}$`,fs="?"+V,Ys=`<${fs}>`,ce=document,Me=()=>ce.createComment(""),Oe=t=>t===null||typeof t!="object"&&typeof t!="function",mt=Array.isArray,Gs=t=>mt(t)||typeof t?.[Symbol.iterator]=="function",st=`[ 	
\f\r]`,Pe=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Nt=/-->/g,Ut=/>/g,te=RegExp(`>|${st}(?:([^\\s"'>=/]+)(${st}*=${st}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Bt=/'/g,Ht=/"/g,gs=/^(?:script|style|textarea|title)$/i,ms=t=>(e,...s)=>({_$litType$:t,strings:e,values:s}),d=ms(1),z=ms(2),he=Symbol.for("lit-noChange"),b=Symbol.for("lit-nothing"),jt=new WeakMap,ne=ce.createTreeWalker(ce,129);function bs(t,e){if(!mt(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return Lt!==void 0?Lt.createHTML(e):e}const Xs=(t,e)=>{const s=t.length-1,r=[];let i,n=e===2?"<svg>":e===3?"<math>":"",o=Pe;for(let a=0;a<s;a++){const l=t[a];let p,c,u=-1,h=0;for(;h<l.length&&(o.lastIndex=h,c=o.exec(l),c!==null);)h=o.lastIndex,o===Pe?c[1]==="!--"?o=Nt:c[1]!==void 0?o=Ut:c[2]!==void 0?(gs.test(c[2])&&(i=RegExp("</"+c[2],"g")),o=te):c[3]!==void 0&&(o=te):o===te?c[0]===">"?(o=i??Pe,u=-1):c[1]===void 0?u=-2:(u=o.lastIndex-c[2].length,p=c[1],o=c[3]===void 0?te:c[3]==='"'?Ht:Bt):o===Ht||o===Bt?o=te:o===Nt||o===Ut?o=Pe:(o=te,i=void 0);const f=o===te&&t[a+1].startsWith("/>")?" ":"";n+=o===Pe?l+Ys:u>=0?(r.push(p),l.slice(0,u)+ps+l.slice(u)+V+f):l+V+(u===-2?a:f)}return[bs(t,n+(t[s]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),r]};let nt=class ks{constructor({strings:e,_$litType$:s},r){let i;this.parts=[];let n=0,o=0;const a=e.length-1,l=this.parts,[p,c]=Xs(e,s);if(this.el=ks.createElement(p,r),ne.currentNode=this.el.content,s===2||s===3){const u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(i=ne.nextNode())!==null&&l.length<a;){if(i.nodeType===1){if(i.hasAttributes())for(const u of i.getAttributeNames())if(u.endsWith(ps)){const h=c[o++],f=i.getAttribute(u).split(V),g=/([.?@])?(.*)/.exec(h);l.push({type:1,index:n,name:g[2],strings:f,ctor:g[1]==="."?er:g[1]==="?"?tr:g[1]==="@"?sr:Xe}),i.removeAttribute(u)}else u.startsWith(V)&&(l.push({type:6,index:n}),i.removeAttribute(u));if(gs.test(i.tagName)){const u=i.textContent.split(V),h=u.length-1;if(h>0){i.textContent=We?We.emptyScript:"";for(let f=0;f<h;f++)i.append(u[f],Me()),ne.nextNode(),l.push({type:2,index:++n});i.append(u[h],Me())}}}else if(i.nodeType===8)if(i.data===fs)l.push({type:2,index:n});else{let u=-1;for(;(u=i.data.indexOf(V,u+1))!==-1;)l.push({type:7,index:n}),u+=V.length-1}n++}}static createElement(e,s){const r=ce.createElement("template");return r.innerHTML=e,r}};function ye(t,e,s=t,r){if(e===he)return e;let i=r!==void 0?s._$Co?.[r]:s._$Cl;const n=Oe(e)?void 0:e._$litDirective$;return i?.constructor!==n&&(i?._$AO?.(!1),n===void 0?i=void 0:(i=new n(t),i._$AT(t,s,r)),r!==void 0?(s._$Co??=[])[r]=i:s._$Cl=i),i!==void 0&&(e=ye(t,i._$AS(t,e.values),i,r)),e}class Js{constructor(e,s){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=s}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:s},parts:r}=this._$AD,i=(e?.creationScope??ce).importNode(s,!0);ne.currentNode=i;let n=ne.nextNode(),o=0,a=0,l=r[0];for(;l!==void 0;){if(o===l.index){let p;l.type===2?p=new ve(n,n.nextSibling,this,e):l.type===1?p=new l.ctor(n,l.name,l.strings,this,e):l.type===6&&(p=new rr(n,this,e)),this._$AV.push(p),l=r[++a]}o!==l?.index&&(n=ne.nextNode(),o++)}return ne.currentNode=ce,i}p(e){let s=0;for(const r of this._$AV)r!==void 0&&(r.strings!==void 0?(r._$AI(e,r,s),s+=r.strings.length-2):r._$AI(e[s])),s++}}class ve{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,s,r,i){this.type=2,this._$AH=b,this._$AN=void 0,this._$AA=e,this._$AB=s,this._$AM=r,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const s=this._$AM;return s!==void 0&&e?.nodeType===11&&(e=s.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,s=this){e=ye(this,e,s),Oe(e)?e===b||e==null||e===""?(this._$AH!==b&&this._$AR(),this._$AH=b):e!==this._$AH&&e!==he&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Gs(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==b&&Oe(this._$AH)?this._$AA.nextSibling.data=e:this.T(ce.createTextNode(e)),this._$AH=e}$(e){const{values:s,_$litType$:r}=e,i=typeof r=="number"?this._$AC(e):(r.el===void 0&&(r.el=nt.createElement(bs(r.h,r.h[0]),this.options)),r);if(this._$AH?._$AD===i)this._$AH.p(s);else{const n=new Js(i,this),o=n.u(this.options);n.p(s),this.T(o),this._$AH=n}}_$AC(e){let s=jt.get(e.strings);return s===void 0&&jt.set(e.strings,s=new nt(e)),s}k(e){mt(this._$AH)||(this._$AH=[],this._$AR());const s=this._$AH;let r,i=0;for(const n of e)i===s.length?s.push(r=new ve(this.O(Me()),this.O(Me()),this,this.options)):r=s[i],r._$AI(n),i++;i<s.length&&(this._$AR(r&&r._$AB.nextSibling,i),s.length=i)}_$AR(e=this._$AA.nextSibling,s){for(this._$AP?.(!1,!0,s);e!==this._$AB;){const r=Dt(e).nextSibling;Dt(e).remove(),e=r}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class Xe{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,s,r,i,n){this.type=1,this._$AH=b,this._$AN=void 0,this.element=e,this.name=s,this._$AM=i,this.options=n,r.length>2||r[0]!==""||r[1]!==""?(this._$AH=Array(r.length-1).fill(new String),this.strings=r):this._$AH=b}_$AI(e,s=this,r,i){const n=this.strings;let o=!1;if(n===void 0)e=ye(this,e,s,0),o=!Oe(e)||e!==this._$AH&&e!==he,o&&(this._$AH=e);else{const a=e;let l,p;for(e=n[0],l=0;l<n.length-1;l++)p=ye(this,a[r+l],s,l),p===he&&(p=this._$AH[l]),o||=!Oe(p)||p!==this._$AH[l],p===b?e=b:e!==b&&(e+=(p??"")+n[l+1]),this._$AH[l]=p}o&&!i&&this.j(e)}j(e){e===b?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}let er=class extends Xe{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===b?void 0:e}},tr=class extends Xe{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==b)}},sr=class extends Xe{constructor(e,s,r,i,n){super(e,s,r,i,n),this.type=5}_$AI(e,s=this){if((e=ye(this,e,s,0)??b)===he)return;const r=this._$AH,i=e===b&&r!==b||e.capture!==r.capture||e.once!==r.once||e.passive!==r.passive,n=e!==b&&(r===b||i);i&&this.element.removeEventListener(this.name,this,r),n&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}};class rr{constructor(e,s,r){this.element=e,this.type=6,this._$AN=void 0,this._$AM=s,this.options=r}get _$AU(){return this._$AM._$AU}_$AI(e){ye(this,e)}}const ir={I:ve},nr=gt.litHtmlPolyfillSupport;nr?.(nt,ve),(gt.litHtmlVersions??=[]).push("3.3.3");const or=(t,e,s)=>{const r=s?.renderBefore??e;let i=r._$litPart$;if(i===void 0){const n=s?.renderBefore??null;r._$litPart$=i=new ve(e.insertBefore(Me(),n),n,void 0,s??{})}return i._$AI(t),i};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const bt=globalThis;let D=class extends ke{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const s=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=or(s,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return he}};D._$litElement$=!0,D.finalized=!0,bt.litElementHydrateSupport?.({LitElement:D});const ar=bt.litElementPolyfillSupport;ar?.({LitElement:D});(bt.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const X=t=>(e,s)=>{s!==void 0?s.addInitializer(()=>{customElements.define(t,e)}):customElements.define(t,e)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const lr={attribute:!0,type:String,converter:Ke,reflect:!1,hasChanged:ft},cr=(t=lr,e,s)=>{const{kind:r,metadata:i}=s;let n=globalThis.litPropertyMetadata.get(i);if(n===void 0&&globalThis.litPropertyMetadata.set(i,n=new Map),r==="setter"&&((t=Object.create(t)).wrapped=!0),n.set(s.name,t),r==="accessor"){const{name:o}=s;return{set(a){const l=e.get.call(this);e.set.call(this,a),this.requestUpdate(o,l,t,!0,a)},init(a){return a!==void 0&&this.C(o,void 0,t,a),a}}}if(r==="setter"){const{name:o}=s;return function(a){const l=this[o];e.call(this,a),this.requestUpdate(o,l,t,!0,a)}}throw Error("Unsupported decorator location: "+r)};function A(t){return(e,s)=>typeof s=="object"?cr(t,e,s):((r,i,n)=>{const o=i.hasOwnProperty(n);return i.constructor.createProperty(n,r),o?Object.getOwnPropertyDescriptor(i,n):void 0})(t,e,s)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function w(t){return A({...t,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const hr=(t,e,s)=>(s.configurable=!0,s.enumerable=!0,Reflect.decorate&&typeof e!="object"&&Object.defineProperty(t,e,s),s);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function B(t,e){return(s,r,i)=>{const n=o=>o.renderRoot?.querySelector(t)??null;return hr(s,r,{get(){return n(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const ur={CHILD:2},dr=t=>(...e)=>({_$litDirective$:t,values:e});let pr=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,s,r){this._$Ct=e,this._$AM=s,this._$Ci=r}_$AS(e,s){return this.update(e,s)}update(e,s){return this.render(...s)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{I:fr}=ir,qt=t=>t,Zt=()=>document.createComment(""),Ce=(t,e,s)=>{const r=t._$AA.parentNode,i=e===void 0?t._$AB:e._$AA;if(s===void 0){const n=r.insertBefore(Zt(),i),o=r.insertBefore(Zt(),i);s=new fr(n,o,t,t.options)}else{const n=s._$AB.nextSibling,o=s._$AM,a=o!==t;if(a){let l;s._$AQ?.(t),s._$AM=t,s._$AP!==void 0&&(l=t._$AU)!==o._$AU&&s._$AP(l)}if(n!==i||a){let l=s._$AA;for(;l!==n;){const p=qt(l).nextSibling;qt(r).insertBefore(l,i),l=p}}}return s},se=(t,e,s=t)=>(t._$AI(e,s),t),gr={},mr=(t,e=gr)=>t._$AH=e,br=t=>t._$AH,rt=t=>{t._$AR(),t._$AA.remove()};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Kt=(t,e,s)=>{const r=new Map;for(let i=e;i<=s;i++)r.set(t[i],i);return r},kt=dr(class extends pr{constructor(t){if(super(t),t.type!==ur.CHILD)throw Error("repeat() can only be used in text expressions")}dt(t,e,s){let r;s===void 0?s=e:e!==void 0&&(r=e);const i=[],n=[];let o=0;for(const a of t)i[o]=r?r(a,o):o,n[o]=s(a,o),o++;return{values:n,keys:i}}render(t,e,s){return this.dt(t,e,s).values}update(t,[e,s,r]){const i=br(t),{values:n,keys:o}=this.dt(e,s,r);if(!Array.isArray(i))return this.ut=o,n;const a=this.ut??=[],l=[];let p,c,u=0,h=i.length-1,f=0,g=n.length-1;for(;u<=h&&f<=g;)if(i[u]===null)u++;else if(i[h]===null)h--;else if(a[u]===o[f])l[f]=se(i[u],n[f]),u++,f++;else if(a[h]===o[g])l[g]=se(i[h],n[g]),h--,g--;else if(a[u]===o[g])l[g]=se(i[u],n[g]),Ce(t,l[g+1],i[u]),u++,g--;else if(a[h]===o[f])l[f]=se(i[h],n[f]),Ce(t,i[u],i[h]),h--,f++;else if(p===void 0&&(p=Kt(o,f,g),c=Kt(a,u,h)),p.has(a[u]))if(p.has(a[h])){const y=c.get(o[f]),k=y!==void 0?i[y]:null;if(k===null){const $=Ce(t,i[u]);se($,n[f]),l[f]=$}else l[f]=se(k,n[f]),Ce(t,i[u],k),i[y]=null;f++}else rt(i[h]),h--;else rt(i[u]),u++;for(;f<=g;){const y=Ce(t,l[g+1]);se(y,n[f]),l[f++]=y}for(;u<=h;){const y=i[u++];y!==null&&rt(y)}return this.ut=o,mr(t,l),he}});class we extends Error{constructor(e,s,r,i){super(e),this.code=s,this.reason=r,this.retryable=i,this.name="CallError"}}class ue extends Error{constructor(){super(...arguments),this.name="Unreachable"}}const kr=6e4,yr=75e3;class wr{constructor(e,s){this.endpoint=e,this.token=s}async call(e,s={}){const r=await this.post(e,s,"application/json",AbortSignal.timeout(kr));return Wt(r)}async send(e,s,r){const i=await this.post("sendChatMessage",e,"text/event-stream",r);if(!i.body||!i.headers.get("Content-Type")?.startsWith("text/event-stream"))return Wt(i);for await(const n of $r(i.body,r)){if(n.error)throw ws(n.error);if(n.result)return n.result;n.message&&s(n.message.delta)}throw new ue("The connection broke.")}async post(e,s,r,i){const n={"Content-Type":"application/json",Accept:r,Authorization:"Bearer "+await this.token()},o=this.endpoint.replace(/\/+$/,"")+"/"+e;try{return await fetch(o,{method:"POST",headers:n,body:JSON.stringify({data:s}),signal:i})}catch(a){throw ys(a,i)}}}function ys(t,e){return e.aborted&&t instanceof DOMException&&t.name==="AbortError"?t:new ue("Keyswitch cannot be reached.")}async function Wt(t){const e=await t.json().catch(()=>null);if(e?.error)throw ws(e.error);if(e===null||!("result"in e))throw new ue("Keyswitch gave no answer that can be read.");return e.result}function ws(t){const e=t.details?.reason??"";return new we(t.message,t.status,e,t.details?.retryable===!0)}async function*$r(t,e){const s=t.getReader(),r=new TextDecoder;let i="";try{for(;;){const{value:n,done:o}=await xr(s.read());if(o)return;const a=(i+r.decode(n,{stream:!0})).split(`
`);i=a.pop()??"";for(const l of a)l.startsWith("data: ")&&(yield JSON.parse(l.slice(6)))}}catch(n){throw ys(n,e)}finally{s.cancel().catch(()=>{})}}async function xr(t){let e;const s=new Promise((r,i)=>{e=setTimeout(()=>i(new ue("The connection was silent for too long.")),yr)});try{return await Promise.race([t,s])}finally{clearTimeout(e)}}var vr=Object.defineProperty,$s=(t,e,s,r)=>{for(var i=void 0,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=o(e,s,i)||i);return i&&vr(e,s,i),i};const it="keyswitch-config-changed";class Je extends D{constructor(){super(...arguments),this.endpoint="",this.getToken=null,this.heard=e=>{this.getToken&&!e.composedPath().includes(this)&&this.reloadConfig()}}get client(){return new wr(this.endpoint,this.getToken??(()=>Promise.reject(new Error("getToken is not set"))))}connectedCallback(){super.connectedCallback(),window.addEventListener(it,this.heard)}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(it,this.heard)}updated(e){this.getToken&&(e.has("getToken")||e.has("endpoint"))&&this.load()}tellConfigChanged(){this.dispatchEvent(new CustomEvent(it,{bubbles:!0,composed:!0}))}}$s([A()],Je.prototype,"endpoint");$s([A({attribute:!1})],Je.prototype,"getToken");function M(t){return d`<svg viewBox="0 0 24 24" aria-hidden="true">${t}</svg>`}const E={send:M(z`<path d="M12 19V5m-6 6 6-6 6 6" />`),stop:M(z`<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" stroke="none" />`),menu:M(z`<path d="M4 7h16M4 12h16M4 17h10" />`),add:M(z`<path d="M12 5v14M5 12h14" />`),remove:M(z`<path d="M5 7h14M10 7V5h4v2m-7 0 1 12h8l1-12" />`),copy:M(z`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M5 15V6a2 2 0 0 1 2-2h8" />`),check:M(z`<path d="m5 12.5 4.5 4.5L19 7.5" />`),retry:M(z`<path d="M19 12a7 7 0 1 1-2-5l2 2m0-5v5h-5" />`),key:M(z`<circle cx="8" cy="14" r="4" /><path d="m11 11 8-8m-3 3 3 3m-6 0 2 2" />`),close:M(z`<path d="m6 6 12 12M18 6 6 18" />`),outside:M(z`<path d="M14 5h5v5m0-5-8 8M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4" />`)},J=K`
  :host {
    --accent: var(--keyswitch-accent, light-dark(#3457d5, #8ba3ff));
    --on-accent: var(--keyswitch-on-accent, light-dark(#ffffff, #0c1020));
    --background: var(--keyswitch-background, light-dark(#ffffff, #12151d));
    --surface: var(--keyswitch-surface, light-dark(#f5f6fa, #1b2030));
    --text: var(--keyswitch-text, light-dark(#1c2230, #e8ebf3));
    --muted: var(--keyswitch-muted, light-dark(#596275, #a3adc2));
    --border: var(--keyswitch-border, light-dark(#dfe3ec, #2f3750));
    --danger: var(--keyswitch-danger, light-dark(#b42318, #ff9a92));
    --good: var(--keyswitch-good, light-dark(#116a3b, #6fd39b));
    --radius: var(--keyswitch-radius, 14px);
    color: var(--text);
    font-family: var(--keyswitch-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    font-size: var(--keyswitch-font-size, 1rem);
    line-height: 1.5;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  button:disabled {
    cursor: default;
    opacity: 0.55;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .button {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-height: 2.5rem;
    padding: 0.4rem 0.95rem;
    border: 1px solid var(--border);
    border-radius: 999px;
    background: var(--background);
    font-weight: 500;
    transition:
      background 0.15s,
      border-color 0.15s;
  }

  .button:hover:not(:disabled) {
    border-color: var(--accent);
  }

  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }

  .button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 88%, var(--text));
  }

  .button.danger {
    color: var(--danger);
  }

  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 2.5rem;
    height: 2.5rem;
    border: 0;
    border-radius: 999px;
    background: transparent;
    color: var(--muted);
  }

  .icon-button:hover:not(:disabled) {
    background: var(--surface);
    color: var(--text);
  }

  svg {
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .field {
    width: 100%;
    min-height: 2.75rem;
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--background);
  }

  .field::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .muted {
    color: var(--muted);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .skeleton {
    border-radius: 8px;
    background: linear-gradient(90deg, var(--surface) 25%, var(--border) 50%, var(--surface) 75%);
    background-size: 200% 100%;
    animation: shimmer 1.4s linear infinite;
  }

  @keyframes shimmer {
    to {
      background-position: -200% 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;var _r=Object.defineProperty,Ar=Object.getOwnPropertyDescriptor,pe=(t,e,s,r)=>{for(var i=r>1?void 0:r?Ar(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&_r(e,s,i),i};class Sr extends Event{constructor(e){super("say"),this.words=e}}const Tr={value:"cancel",label:"Cancel"},Er=12;let Z=class extends D{constructor(){super(...arguments),this.flow=null,this.busy=!1,this.keyPrefixes=[],this.text="",this.looksLikeKey=!1}get secret(){return this.flow?.secret===!0||this.looksLikeKey}focus(){this.updateComplete.then(()=>this.input.focus())}render(){const t=this.flow?[...this.flow.options,Tr]:[];return d`
      ${t.length>0?d`<div class="options" role="group" aria-label="Answers to choose from">
              ${t.map(e=>d`<button
                    class="button"
                    type="button"
                    @click=${()=>this.send({text:e.value,secret:!1})}
                  >
                    ${e.label}
                  </button>`)}
            </div>`:b}
      ${this.secret?d`<p class="hint" id="hint">
              ${E.key}
              ${this.flow?.secret?"Hidden while you type, and kept out of the conversation.":"This looks like an API key, so it is hidden and will not be stored."}
            </p>`:b}
      <form class=${this.secret?"secret":""} autocomplete="off" @submit=${this.submit}>
        <div class="entry">${this.secret?this.passwordField():this.textField()}</div>
        ${this.busy?d`<button
                class="icon-button send"
                type="button"
                aria-label="Stop the answer"
                @click=${()=>this.dispatchEvent(new Event("stop"))}
              >
                ${E.stop}
              </button>`:d`<button
                class="icon-button send"
                type="submit"
                aria-label="Send"
                ?disabled=${this.text.trim()===""}
              >
                ${E.send}
              </button>`}
      </form>
    `}textField(){return d`<div class="mirror" aria-hidden="true">${this.text+"​"}</div>
      <textarea
        rows="1"
        aria-label="Message"
        placeholder="Write a message"
        .value=${this.text}
        @input=${this.typed}
        @keydown=${this.pressed}
      ></textarea>`}passwordField(){return d`<input
      type="password"
      aria-label="API key"
      aria-describedby="hint"
      placeholder="Paste your API key"
      autocomplete="off"
      spellcheck="false"
      .value=${this.text}
      @input=${this.typed}
      @keydown=${this.pressed}
    />`}typed(){const t=this.secret;this.text=this.input.value,this.looksLikeKey=this.flow?.secret!==!0&&this.mayBeKey(this.text),t!==this.secret&&this.focus()}mayBeKey(t){return t.split(/\s+/).some(e=>this.keyPrefixes.some(s=>e.startsWith(s)&&e.length>=s.length+Er))}pressed(t){t.key==="Enter"&&!t.shiftKey&&!t.isComposing?(t.preventDefault(),this.send({text:this.text,secret:this.secret})):t.key==="Escape"&&this.busy&&this.dispatchEvent(new Event("stop"))}submit(t){t.preventDefault(),this.send({text:this.text,secret:this.secret})}send(t){this.busy||t.text.trim()===""||(this.text="",this.looksLikeKey=!1,this.dispatchEvent(new Sr(t)),this.focus())}};Z.styles=[J,K`
      :host {
        display: block;
      }

      .options {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        max-height: 9.5rem;
        margin-bottom: 0.6rem;
        overflow-y: auto;
        padding: 3px;
      }

      form {
        display: flex;
        align-items: flex-end;
        gap: 0.4rem;
        padding: 0.4rem;
        border: 1px solid var(--border);
        border-radius: calc(var(--radius) + 10px);
        background: var(--background);
        box-shadow: 0 2px 14px rgb(0 0 0 / 0.06);
      }

      form:focus-within {
        border-color: var(--accent);
      }

      form.secret {
        border-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 6%, var(--background));
      }

      .entry {
        flex: 1;
        min-width: 0;
        display: grid;
      }

      textarea,
      input,
      .mirror {
        grid-area: 1 / 1;
        width: 100%;
        max-height: 12rem;
        padding: 0.5rem 0.8rem;
        border: 0;
        outline: 0;
        background: transparent;
        font-size: max(1rem, 16px);
        line-height: 1.5;
      }

      :is(textarea, input):focus-visible {
        outline: 0;
      }

      textarea {
        resize: none;
        overflow-y: auto;
      }

      /* As high as the text, for the textarea to fill. */
      .mirror {
        visibility: hidden;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        overflow: hidden;
      }

      ::placeholder {
        color: var(--muted);
        opacity: 1;
      }

      .send {
        background: var(--accent);
        color: var(--on-accent);
      }

      .send:hover:not(:disabled) {
        background: color-mix(in srgb, var(--accent) 88%, var(--text));
        color: var(--on-accent);
      }

      .hint {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        margin: 0 0 0.5rem 0.6rem;
        color: var(--muted);
        font-size: 0.85rem;
      }
    `];pe([A({attribute:!1})],Z.prototype,"flow",2);pe([A({type:Boolean})],Z.prototype,"busy",2);pe([A({attribute:!1})],Z.prototype,"keyPrefixes",2);pe([w()],Z.prototype,"text",2);pe([w()],Z.prototype,"looksLikeKey",2);pe([B("textarea, input")],Z.prototype,"input",2);Z=pe([X("keyswitch-composer")],Z);const Pr="••••••••",Ft=500,Cr=8e3,Rr=12e4;class Ir{constructor(e,s,r){this.host=e,this.client=s,this.onModelChange=r,this.threadId=Vt(),this.entries=[],this.flow=null,this.earlier=null,this.loading=!1,this.problem=null,this.turn=null,this.stopper=null,e.addController(this)}hostDisconnected(){this.stop()}get busy(){return this.stopper!==null}startNew(){this.stop(),this.threadId=Vt(),this.show([],null,null)}async open(e){this.stop(),this.threadId=e,this.loading=!0,this.show([],null,null);const s=await this.page(e);this.threadId===e&&(this.loading=!1,s&&this.show(s.messages.map(Qt),s.flow??null,s.nextPageToken??null),this.host.requestUpdate())}async page(e){for(let s=Ft;this.threadId===e;s=Yt(s))try{return await this.client().call("getThread",{threadId:e,newest:!0})}catch(r){if(r instanceof we&&r.code==="NOT_FOUND"||(this.problem=r instanceof ue?"Keyswitch cannot be reached. Trying again …":oe(r),this.host.requestUpdate(),!(r instanceof ue)))return null;await Gt(s)}return null}async loadEarlier(){const e=this.earlier,s=this.threadId;if(e!==null){this.earlier=null;try{const r=await this.client().call("getThread",{threadId:s,newest:!0,pageToken:e});if(this.threadId!==s)return;this.earlier=r.nextPageToken??null,this.entries=[...r.messages.map(Qt),...this.entries]}catch{this.earlier=e}this.host.requestUpdate()}}async say(e){if(this.busy||e.text.trim()==="")return;const s=crypto.randomUUID(),r={...e,id:s,question:"q"+s,answer:"a"+s};this.entries=[...this.entries,{key:r.question,role:"user",content:e.secret?Pr:e.text,state:"complete"},{key:r.answer,role:"assistant",content:"",state:"waiting"}],await this.run(r)}async again(){!this.turn||this.busy||(this.change(this.turn.answer,{content:"",state:"waiting",problem:void 0,retry:!1}),await this.run(this.turn))}stop(){this.stopper?.abort()}async run(e){const s=new AbortController,r=this.threadId;this.stopper=s,this.turn=e,this.flow=null,this.host.requestUpdate();try{this.finish(e,await this.deliver(e,r,s.signal))}catch(i){await this.fail(e,r,i,s.signal)}finally{this.stopper===s&&(this.stopper=null),this.host.requestUpdate()}}async deliver(e,s,r){const i={threadId:s,message:e.text,clientMessageId:e.id,secret:e.secret},n=Date.now()+Rr;for(let o=Ft;;o=Yt(o)){let a="";try{return await this.client().send(i,l=>{a+=l,this.change(e.answer,{content:a,state:"streaming",problem:void 0})},r)}catch(l){if(r.aborted||!zr(l)||Date.now()>n)throw l;this.change(e.answer,{state:"reconnecting",problem:"The connection is gone. Trying again …"}),await Gt(o,r)}}}finish(e,s){s.storedAs&&this.change(e.question,{content:s.storedAs});const{content:r}=s.message;this.change(e.answer,{content:r,state:"complete",servedBy:s.servedBy,problem:void 0,retry:!1}),this.has(e)&&(this.flow=s.flow??null),this.forget(e),s.servedBy.provider==="keyswitch"&&this.onModelChange()}async fail(e,s,r,i){if(i.aborted){this.change(e.answer,{state:"incomplete",problem:"Stopped.",retry:!0});return}const n=!(r instanceof we)||r.retryable||r.code==="RESOURCE_EXHAUSTED",o=this.entries.find(a=>a.key===e.answer)?.content;this.change(e.answer,{state:o?"incomplete":"failed",problem:oe(r),retry:n}),n||this.forget(e),e.secret&&await this.restoreQuestion(s)}forget(e){this.turn?.id===e.id&&(this.turn=null)}async restoreQuestion(e){const s=await this.client().call("getThread",{threadId:e,newest:!0}).catch(()=>null);s&&this.threadId===e&&(this.flow=s.flow??null)}has(e){return this.entries.some(s=>s.key===e.answer)}change(e,s){this.entries=this.entries.map(r=>r.key===e?{...r,...s}:r),this.host.requestUpdate()}show(e,s,r){this.entries=e,this.flow=s,this.earlier=r,this.problem=null,this.turn=null,this.host.requestUpdate()}}function zr(t){return t instanceof ue||t instanceof we&&["stopped","in_flight"].includes(t.reason)}function Qt(t){const e=t.role==="assistant"&&t.status==="incomplete";return{key:crypto.randomUUID(),role:t.role,content:t.content,state:e?"incomplete":"complete",servedBy:t.servedBy,problem:e?"This answer is incomplete.":void 0}}function Vt(){return"chat-"+crypto.randomUUID()}function oe(t){return t instanceof Error?t.message:"Something went wrong."}function Yt(t){return Math.min(t*2,Cr)}function Gt(t,e){return new Promise((s,r)=>{const i=setTimeout(s,t);e?.addEventListener("abort",()=>{clearTimeout(i),r(e.reason)})})}function yt(){return{async:!1,breaks:!1,extensions:null,gfm:!0,hooks:null,pedantic:!1,renderer:null,silent:!1,tokenizer:null,walkTokens:null}}var fe=yt();function xs(t){fe=t}var ie={exec:()=>null};function re(t){let e=[];return s=>{let r=Math.max(0,Math.min(3,s-1)),i=e[r];return i||(i=t(r),e[r]=i),i}}function m(t,e=""){let s=typeof t=="string"?t:t.source,r={replace:(i,n)=>{let o=typeof n=="string"?n:n.source;return o=o.replace(S.caret,"$1"),s=s.replace(i,o),r},getRegex:()=>new RegExp(s,e)};return r}var vs=((t="")=>{try{return!!new RegExp("(?<=1)(?<!1)"+t)}catch{return!1}})(),S={codeRemoveIndent:/^(?: {0,3}\t| {1,4})/gm,listInterruptsParagraph:/^ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]/,outputLinkReplace:/\\([\[\]])/g,indentCodeCompensation:/^(\s+)(?:```)/,beginningSpace:/^\s+/,endingHash:/#$/,startingSpaceChar:/^ /,endingSpaceChar:/ $/,endingSpaceTabChar:/[ \t]$/,nonSpaceChar:/[^ ]/,newLineCharGlobal:/\n/g,tabCharGlobal:/\t/g,leadingSpaceTab:/^[ \t]+/,multipleSpaceGlobal:/\s+/g,blankLine:/^[ \t]*$/,doubleBlankLine:/\n[ \t]*\n[ \t]*$/,blockquoteStart:/^ {0,3}>/,blockquoteSetextReplace:/\n {0,3}((?:=+|-+)[ \t]*)(?=\n|$)/g,blockquoteSetextReplace2:/^ {0,3}>[ \t]?/gm,blockquoteMarkerWhitespace:/^( {0,3}>)(\t[ \t]*)/gm,nestedBlockMarker:/^ {0,3}(?:(?:[*+-]|\d{1,9}[.)])(?: |$)|> ?)/,listReplaceNesting:/^ {1,4}(?=( {4})*[^ ])/g,listIsTask:/^\[[ xX]\][ \t]+\S/,listReplaceTask:/^\[[ xX]\][ \t]+/,listTaskCheckbox:/\[[ xX]\]/,anyLine:/\n.*\n/,hrefBrackets:/^<(.*)>$/,tableDelimiter:/[:|]/,tableAlignChars:/^\||\| *$/g,tableRowBlankLine:/\n[ \t]*$/,tableAlignRight:/^ *-+: *$/,tableAlignCenter:/^ *:-+: *$/,tableAlignLeft:/^ *:-+ *$/,startATag:/^<a /i,endATag:/^<\/a>/i,startPreScriptTag:/^<(pre|code|kbd|script)(\s|>)/i,endPreScriptTag:/^<\/(pre|code|kbd|script)(\s|>)/i,startAngleBracket:/^</,endAngleBracket:/>$/,pedanticHrefTitle:/^([^'"]*[^\s])\s+(['"])(.*)\2/,unicodeAlphaNumeric:/[\p{L}\p{N}]/u,numericCharacterReference:/&#(?:(\d{1,7})|[Xx]([A-Fa-f0-9]{1,6}));/,numericCharacterReferenceOrAmpersand:/&#(?:(\d{1,7})|[Xx]([A-Fa-f0-9]{1,6}));|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,escapeTest:/[&<>"']/,escapeReplace:/[&<>"']/g,escapeTestNoEncode:/[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/,escapeReplaceNoEncode:/[<>"']|&(?!(#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g,caret:/(^|[^\[])\^/g,percentDecode:/%25/g,findPipe:/\|/g,splitPipe:/ \|/,slashPipe:/\\\|/g,carriageReturn:/\r\n|\r/g,spaceLine:/^ +$/gm,notSpaceStart:/^\S*/,endingNewline:/\n$/,listItemRegex:t=>new RegExp(`^( {0,3}${t})((?:[	 ][^\\n]*)?(?:\\n|$))`),nextBulletRegex:re(t=>new RegExp(`^ {0,${t}}(?:[*+-]|\\d{1,9}[.)])((?:[ 	][^\\n]*)?(?:\\n|$))`)),hrRegex:re(t=>new RegExp(`^ {0,${t}}((?:-[ 	]*){3,}|(?:_[ 	]*){3,}|(?:\\*[ 	]*){3,})(?:\\n+|$)`)),fencesBeginRegex:re(t=>new RegExp(`^ {0,${t}}(?:\`\`\`|~~~)`)),headingBeginRegex:re(t=>new RegExp(`^ {0,${t}}#{1,6}(?:\\s|$)`)),pedanticHeadingBeginRegex:re(t=>new RegExp(`^ {0,${t}}#`)),htmlBeginRegex:re(t=>new RegExp(`^ {0,${t}}(?:</?(?:${$t})(?:[ \\t]+|$|/?>)|<(?:(?:script|pre|style|textarea)(?:[\\s>]|$)|!--)|<\\?|<![A-Za-z]|<!\\[CDATA\\[)`,"i")),blockquoteBeginRegex:re(t=>new RegExp(`^ {0,${t}}>`)),nestedContainerMarkers:/^(?: {0,3}(?:(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]?))+/},Mr=/^(?:[ \t]*(?:\n|$))+/,Or=/^((?: {4}| {0,3}\t)[^\n]+(?:\n(?:[ \t]*(?:\n|$))*)?)+/,Dr=/^ {0,3}(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(?:\n|$)(?:|([\s\S]*?)(?:\n|$))(?: {0,3}(?:(?=`)\1`*|(?=~)\1~*) *(?=\n|$)|$)/,De=/^ {0,3}((?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/,Lr=/^ {0,3}(#{1,6})(?=\s|$)(.*)(?:\n+|$)/,wt=/ {0,3}(?:[*+-]|\d{1,9}[.)])/,$t="address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul",Le=m(" {0,3}(?:</?(?:tag)(?:[ \\t]+|\\n|/?>)|<(?:(?:script|pre|style|textarea)(?:[\\s>]|$)|!--)|<\\?|<![A-Za-z]|<!\\[CDATA\\[)").replace("tag",$t).getRegex(),_s=/^(?!bull |blockCode|fences|blockquote|heading|html|table)((?:.|\n(?!\s*?\n|bull |fences|blockquote|heading|hr|html|table))+?)\n {0,3}(=+|-+)[ \t]*(?:\n+|$)/,As=m(_s).replace(/bull/g,wt).replace(/blockCode/g,/(?: {4}| {0,3}\t)/).replace(/fences/g,/ {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g,/ {0,3}>/).replace(/heading/g,/ {0,3}#{1,6}(?:\s|$)/).replace(/hr/g,/ {0,3}(?:(?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/).replace(/\|table/g,"").replace(/html/g,Le).getRegex(),Nr=m(_s).replace(/bull/g,wt).replace(/blockCode/g,/(?: {4}| {0,3}\t)/).replace(/fences/g,/ {0,3}(?:`{3,}|~{3,})/).replace(/blockquote/g,/ {0,3}>/).replace(/heading/g,/ {0,3}#{1,6}(?:\s|$)/).replace(/hr/g,/ {0,3}(?:(?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n+|$)/).replace(/table/g,/ {0,3}\|?(?:[:\- ]*\|)+[\:\- ]*\n/).replace(/html/g,Le).getRegex(),xt=/^([^\n]+(?:\n(?!hr|heading|lheading|blockquote|fences|list|html|table|[ \t]+\n)[^\n]+)*)/,Ur=/^[^\n]+/,vt=/(?!\s*\])(?:\\[\s\S]|[^\[\]\\\n]|\n(?![ \t]*\n))+/,Br=m(/^ {0,3}\[(label)\]: *(?:\n[ \t]*)?([^<\s][^\s]*|<(?:\\.|[^\n<>\\])*>)(?:(?: +(?:\n[ \t]*)?| *\n[ \t]*)(title))? *(?:\n+|$)/).replace("label",vt).replace("title",/(?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\\n]|\n(?!\n))*'|\((?:\\[\s\S]|[^()\\])*\))/).getRegex(),Hr=m(/^(bull)([ \t][^\n]*?)?(?:\n|$)/).replace(/bull/g,wt).getRegex(),_t=/<!--(?:-?>|[\s\S]*?(?:-->|$))/,jr=m("^ {0,3}(?:<(script|pre|style|textarea)[\\s>][\\s\\S]*?(?:</\\1>[^\\n]*\\n*|$)|comment[^\\n]*(\\n+|$)|<\\?[\\s\\S]*?(?:\\?>[^\\n]*\\n*|$)|<![A-Z][\\s\\S]*?(?:>[^\\n]*\\n*|$)|<!\\[CDATA\\[[\\s\\S]*?(?:\\]\\]>[^\\n]*\\n*|$)|</?(tag)(?:[ \\t]+|\\n|/?>|$)[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|<(?!(?:script|pre|style|textarea)(?![a-z0-9-]))([a-z][a-z0-9-]*)(?:attribute)*?[ \\t]*/?>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$)|</[a-z][a-z0-9-]*\\s*>(?=[ \\t]*(?:\\n|$))[\\s\\S]*?(?:(?:\\n[ 	]*)+\\n|$))","i").replace("comment",_t).replace("tag",$t).replace("attribute",/[ \t]+[a-zA-Z:_][\w.:-]*(?:[ \t]*=[ \t]*"[^"\n]*"|[ \t]*=[ \t]*'[^'\n]*'|[ \t]*=[ \t]*[^\s"'=<>`]+)?/).getRegex(),Ss=t=>m(xt).replace("hr",De).replace("heading"," {0,3}#{1,6}(?:\\s|$)").replace("|lheading","").replace("|table","").replace("blockquote"," {0,3}>").replace("fences"," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace("list",t).replace("html",Le).getRegex(),qr=Ss(/ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]/),Zr=Ss(/ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\n|$)/),Kr=m(/^( {0,3}> ?(?:(?![ \t]*(?:\n|$))(paragraph)|[^\n]*)(?:\n|$))+/).replace("paragraph",Zr).getRegex(),At={blockquote:Kr,code:Or,def:Br,fences:Dr,heading:Lr,hr:De,html:jr,lheading:As,list:Hr,newline:Mr,paragraph:qr,table:ie,text:Ur},Xt=m("^ *([^\\n ].*)\\n {0,3}((?:\\| *)?:?-+:? *(?:\\| *:?-+:? *)*(?:\\| *)?)(?:\\n((?:(?! *\\n|hr|heading|blockquote|code|fences|list|html).*(?:\\n|$))*)\\n*|$)").replace("hr",De).replace("heading"," {0,3}#{1,6}(?:\\s|$)").replace("blockquote"," {0,3}>").replace("code","(?: {4}| {0,3}	)[^\\n]").replace("fences"," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace("list"," {0,3}(?:[*+-]|1[.)])[ \\t]").replace("html",Le).getRegex(),Wr={...At,lheading:Nr,table:Xt,paragraph:m(xt).replace("hr",De).replace("heading"," {0,3}#{1,6}(?:\\s|$)").replace("|lheading","").replace("table",Xt).replace("blockquote"," {0,3}>").replace("fences"," {0,3}(?:`{3,}(?=[^`\\n]*(?:\\n|$))|~~~)[^\\n]*(?:\\n|$)").replace("list"," {0,3}(?:[*+-]|1[.)])[ \\t]+[^ \\t\\n]").replace("html",Le).getRegex()},Fr={...At,html:m(`^ *(?:comment(?: *\\n|\\s*$)|<(tag)[\\s\\S]+?</\\1>(?: *\\n{2,}|\\s*$)|<tag(?:"[^"]*"|'[^']*'|\\s[^'"/>\\s]*)*?/?>(?: *\\n{2,}|\\s*$))`).replace("comment",_t).replace(/tag/g,"(?!(?:a|em|strong|small|s|cite|q|dfn|abbr|data|time|code|var|samp|kbd|sub|sup|i|b|u|mark|ruby|rt|rp|bdi|bdo|span|br|wbr|ins|del|img)\\b)\\w+(?!:|[^\\w\\s@]*@)\\b").getRegex(),def:/^ *\[([^\]]+)\]: *<?([^\s>]+)>?(?: +(["(][^\n]+[")]))? *(?:\n+|$)/,heading:/^(#{1,6})(.*)(?:\n+|$)/,fences:ie,lheading:/^(.+?)\n {0,3}(=+|-+) *(?:\n+|$)/,paragraph:m(xt).replace("hr",De).replace("heading",` *#{1,6} *[^
]`).replace("|table","").replace("blockquote"," {0,3}>").replace("|fences","").replace("|list","").replace("|html","").replace("|tag","").replace("lheading",As).getRegex()},Qr=/^\\([!"#$%&'()*+,\-./:;<=>?@\[\]\\^_`{|}~])/,Vr=/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/,Ts=/^( {2,}|\\)\n(?!\s*$)[ \t]*/,Yr=/^(`+|[^`])(?:(?= {2,}\n)|[\s\S]*?(?:(?=[\\<!\[`*_]|\b_|$)|[^ ](?= {2,}\n)))/,H=/[\p{P}\p{S}]/u,_e=/[\s\p{P}\p{S}]/u,Ne=/[^\s\p{P}\p{S}]/u,Gr=m(/^((?![*_])punctSpace)/,"u").replace(/punctSpace/g,_e).getRegex(),Xr=/[\p{Pi}\p{Ps}"']/u,Es=/(?!~)[\p{P}\p{S}]/u,Jr=/(?!~)[\s\p{P}\p{S}]/u,ei=/(?:[^\s\p{P}\p{S}]|~)/u,ti=m(/link|precode-code|html/,"g").replace("link",/\[(?:[^\[\]`]|(?<a>`+)[^`]+\k<a>(?!`))*?\]\((?:\\[\s\S]|[^\\\(\)]|\((?:\\[\s\S]|[^\\\(\)])*\))*\)/).replace("precode-",vs?"(?<!`)()":"(^^|[^`])").replace("code",/(?<b>`+)[^`]+\k<b>(?!`)/).replace("html",/<(?! )[^<>]*?>/).getRegex(),Ps=/^(?:\*+(?:((?!\*)punct)|([^\s*]))?)|^_+(?:((?!_)punct)|([^\s_]))?/,si=m(Ps,"u").replace(/punct/g,H).getRegex(),ri=m(Ps,"u").replace(/punct/g,Es).getRegex(),ii=/^(?:\*+(?:((?!\*)(?!openQuote)punct)|([^\s*]))?)|^_+(?:((?!_)(?!openQuote)punct)|([^\s_]))?/,ni=m(ii,"u").replace(/openQuote/g,Xr).replace(/punct/g,H).getRegex(),Cs="^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])|(?!\\*)punct(\\*+)(?=[\\s]|$)|notPunctSpace(\\*+)(?!\\*)(?=punctSpace|$)|(?!\\*)punctSpace(\\*+)(?=notPunctSpace)|[\\s](\\*+)(?!\\*)(?=punct)|(?!\\*)punct(\\*+)(?!\\*)(?=punct)|notPunctSpace(\\*+)(?=notPunctSpace)",oi=m(Cs,"gu").replace(/notPunctSpace/g,Ne).replace(/punctSpace/g,_e).replace(/punct/g,H).getRegex(),ai=m(Cs,"gu").replace(/notPunctSpace/g,ei).replace(/punctSpace/g,Jr).replace(/punct/g,Es).getRegex(),li="^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])|(?!\\*)punct(\\*+)(?=[\\s]|$)|notPunctSpace(\\*+)(?!\\*)(?=punctSpace|$)|(?!\\*)[\\s](\\*+)(?=notPunctSpace)|[\\s](\\*+)(?!\\*)(?=punct)|(?!\\*)punct(\\*+)(?!\\*)(?=punct)|(?:(?!\\*)punct|notPunctSpace)(\\*+)(?!\\*)(?=notPunctSpace)",ci=m(li,"gu").replace(/notPunctSpace/g,Ne).replace(/punctSpace/g,_e).replace(/punct/g,H).getRegex(),hi=m("^[^_*]*?\\*\\*[^_*]*?_[^_*]*?(?=\\*\\*)|[^_]+(?=[^_])|(?!_)punct(_+)(?=[\\s]|$)|notPunctSpace(_+)(?!_)(?=punctSpace|$)|(?!_)punctSpace(_+)(?=notPunctSpace)|[\\s](_+)(?!_)(?=punct)|(?!_)punct(_+)(?!_)(?=punct)","gu").replace(/notPunctSpace/g,Ne).replace(/punctSpace/g,_e).replace(/punct/g,H).getRegex(),ui="^[^_*]*?\\*\\*[^_*]*?_[^_*]*?(?=\\*\\*)|[^_]+(?=[^_])|(?!_)punct(_+)(?=[\\s]|$)|notPunctSpace(_+)(?!_)(?=punctSpace|$)|(?!_)[\\s](_+)(?=notPunctSpace)|[\\s](_+)(?!_)(?=punct)|(?!_)punct(_+)(?!_)(?=punct)|(?:(?!_)punct|notPunctSpace)(_+)(?!_)(?=notPunctSpace)",di=m(ui,"gu").replace(/notPunctSpace/g,Ne).replace(/punctSpace/g,_e).replace(/punct/g,H).getRegex(),pi=m(/^~~?(?:((?!~)punct)|[^\s~])/,"u").replace(/punct/g,H).getRegex(),fi="^[^~]+(?=[^~])|(?!~)punct(~~?)(?=[\\s]|$)|notPunctSpace(~~?)(?!~)(?=punctSpace|$)|(?!~)punctSpace(~~?)(?=notPunctSpace)|[\\s](~~?)(?!~)(?=punct)|(?!~)punct(~~?)(?!~)(?=punct)|notPunctSpace(~~?)(?=notPunctSpace)",gi=m(fi,"gu").replace(/notPunctSpace/g,Ne).replace(/punctSpace/g,_e).replace(/punct/g,H).getRegex(),mi=m(/\\(punct)/,"gu").replace(/punct/g,H).getRegex(),bi=m(/(`+)(?:[^`]|[^`][\s\S]*?[^`])\1(?!`)|`+|\\(punct)/,"gu").replace(/punct/g,H).getRegex(),ki=m(/^<(scheme:[^\s\x00-\x1f<>]*|email)>/).replace("scheme",/[a-zA-Z][a-zA-Z0-9+.-]{1,31}/).replace("email",/[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+(@)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+(?![-_])/).getRegex(),yi=m(_t).replace("(?:-->|$)","-->").getRegex(),wi=m("^comment|^</[a-zA-Z][a-zA-Z0-9-]*\\s*>|^<[a-zA-Z][a-zA-Z0-9-]*(?:attribute)*?\\s*/?>|^<\\?[\\s\\S]*?\\?>|^<![a-zA-Z]+\\s[\\s\\S]*?>|^<!\\[CDATA\\[[\\s\\S]*?\\]\\]>").replace("comment",yi).replace("attribute",/\s+[a-zA-Z:_][\w.:-]*(?:\s*=\s*"[^"]*"|\s*=\s*'[^']*'|\s*=\s*[^\s"'=<>`]+)?/).getRegex(),Rs=/\[(?:\\[\s\S]|[^\[\]\\])*\]/,Fe=m(/(?:\[(?:brackets|\\[\s\S]|[^\[\]\\])*\]|\\[\s\S]|`+(?!`)[^`]*?`+(?!`)|``+(?=\])|[^\[\]\\`])*?/).replace("brackets",Rs).getRegex(),$i=m(/^!?\[(label)\]\([ \t\n]*(href)(?:(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)(title))?[ \t\n]*\)/).replace("label",Fe).replace("href",/<(?:\\.|[^\n<>\\])*>|(?!<)[^ \t\n\x00-\x1f]+|(?=\))/).replace("title",/"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\((?:\\[\s\S]|[^)\\])*\)/).getRegex(),xi=m(/^!?\[(label)\]\[(ref)\]/).replace("label",Fe).replace("ref",vt).getRegex(),vi=m(/^!?\[(ref)\](?:\[\])?/).replace("ref",vt).getRegex(),Jt=/(?!\s*\])(?:\\[\s\S]|[^\[\]\\]){1,999}/,_i=m(/(?:[^\[\]\\`]*(?:\[(?:brackets|\\[\s\S]|[^\[\]\\])*\]|\\[\s\S]|`+(?!`)[^`]*?`+(?!`)|``+(?=\]))){0,999}?[^\[\]\\`]*?/).replace("brackets",Rs).getRegex(),Ai=m("reflink|nolink(?!\\()","g").replace("reflink",m(/^!?\[(label)\]\[(ref)\]/).replace("label",_i).replace("ref",Jt).getRegex()).replace("nolink",m(/^!?\[(ref)\](?:\[\])?/).replace("ref",Jt).getRegex()).getRegex(),es=/[hH][tT][tT][pP][sS]?|[fF][tT][pP]/,Si=/[A-Za-z0-9._+-]+@[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![\w-])/,Ti=m(/(?:mailto:email|xmpp:email(?:\/[A-Za-z0-9@.]+)?)/).replace(/email/g,Si).getRegex(),St={_backpedal:ie,anyPunctuation:mi,anyPunctuationOutsideCode:bi,autolink:ki,blockSkip:ti,br:Ts,code:Vr,del:ie,delLDelim:ie,delRDelim:ie,emStrongLDelim:si,emStrongRDelimAst:oi,emStrongRDelimUnd:hi,escape:Qr,link:$i,nolink:vi,punctuation:Gr,reflink:xi,reflinkSearch:Ai,tag:wi,text:Yr,url:ie},Ei={...St,emStrongLDelim:ni,emStrongRDelimAst:ci,emStrongRDelimUnd:di,link:m(/^!?\[(label)\]\((.*?)\)/).replace("label",Fe).getRegex(),reflink:m(/^!?\[(label)\]\s*\[([^\]]*)\]/).replace("label",Fe).getRegex()},ot={...St,emStrongRDelimAst:ai,emStrongLDelim:ri,delLDelim:pi,delRDelim:gi,url:m(/^emailProtocol|^((?:protocol):\/\/|www\.)(?:[a-zA-Z0-9\-]+\.?)+[^\s<]*|^email/).replace("emailProtocol",Ti).replace("protocol",es).replace("email",/[A-Za-z0-9._+-]+(@)[a-zA-Z0-9-_]+(?:\.[a-zA-Z0-9-_]*[a-zA-Z0-9])+(?![\w-])/).getRegex(),_backpedal:/(?:[^?!.,:;*_'"~()&]+|\([^)]*\)|&(?![a-zA-Z0-9]+;$)|[?!.,:;*_'"~)]+(?!$))+/,del:/^(~~?)(?=[^\s~])((?:\\[\s\S]|[^\\])*?(?:\\[\s\S]|[^\s~\\]))\1(?=[^~]|$)/,text:m(/^(?:[^a-zA-Z0-9](?=emailProtocol)|(`+|~+|[^`~])(?:(?=[`~])|(?= {2,}\n)|(?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@)|[\s\S]*?(?:(?=[\\<!\[`*~_]|\b_|protocol:\/\/|wwwStart|$)|[^ ](?= {2,}\n)|[^a-zA-Z0-9](?=emailProtocol)|[^a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-](?=[a-zA-Z0-9.!#$%&'*+\/=?_`{\|}~-]+@))))/).replace("protocol",es).replace(/emailProtocol/g,/(?:mailto|xmpp):/).replace("wwwStart",vs?"(?<![^\\s*_~(])www\\.":"www\\.").getRegex()},Pi={...ot,br:m(Ts).replace("{2,}","*").getRegex(),text:m(ot.text).replace("\\b_","\\b_| {2,}\\n").replace(/\{2,\}/g,"*").getRegex()},He={normal:At,gfm:Wr,pedantic:Fr},Re={normal:St,gfm:ot,breaks:Pi,pedantic:Ei},Ci={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"},ts=t=>Ci[t];function P(t,e){if(e){if(S.escapeTest.test(t))return t.replace(S.escapeReplace,ts)}else if(S.escapeTestNoEncode.test(t))return t.replace(S.escapeReplaceNoEncode,ts);return t}function Ri(t){return S.numericCharacterReference.test(t)?t.replace(S.numericCharacterReferenceOrAmpersand,(e,s,r)=>{if(s===void 0&&r===void 0)return"&amp;";let i=s===void 0?Number.parseInt(r,16):Number.parseInt(s,10);return i===0||i>1114111||i>=55296&&i<=57343?"�":i===38?"&amp;":String.fromCodePoint(i)}):t}function ss(t){try{t=encodeURI(t).replace(S.percentDecode,"%")}catch{return null}return t}function rs(t,e){let s=t.replace(S.findPipe,(n,o,a)=>{let l=!1,p=o;for(;--p>=0&&a[p]==="\\";)l=!l;return l?"|":" |"}),r=s.split(S.splitPipe),i=0;if(r[0].trim()||r.shift(),r.length>0&&!r.at(-1)?.trim()&&r.pop(),e)if(r.length>e)r.splice(e);else for(;r.length<e;)r.push("");for(;i<r.length;i++)r[i]=r[i].trim().replace(S.slashPipe,"|");return r}function q(t,e,s){let r=t.length;if(r===0)return"";let i=0;for(;i<r&&t.charAt(r-i-1)===e;)i++;return t.slice(0,r-i)}function is(t){let e=t.split(`
`),s=e.length-1;for(;s>=0&&S.blankLine.test(e[s]);)s--;return e.length-s<=2?t:e.slice(0,s+1).join(`
`)}function Qe(t){return t.trim().replace(S.multipleSpaceGlobal," ").toLowerCase().toUpperCase().toLowerCase()}function ns(t,e){if(t.indexOf(e[0])===-1&&t.indexOf(e[1])===-1)return-1;let s=0;for(let r=0;r<t.length;r++)if(t[r]==="\\")r++;else if(t[r]===e[0])s++;else if(t[r]===e[1]&&(s--,s<0))return r;return s>0?-2:-1}var $e=new WeakMap;function Tt(t){let e={"*":-1,_:-1},s=-1,r=t.length;for(let i=0;i<r;i++){let n=t[i];if(n!=="*"&&n!=="_"&&n!=="~")continue;let o=i===0?`
`:t[i-1],a=i+1;for(;a<r&&t[a]===n;)a++;o!==" "&&o!=="	"&&o!==`
`&&o!=="\r"&&o!=="\f"&&(n==="~"?s=i:e[n]=i),i=a-1}return{maskedSrc:t,lastPossibleEmStrongCloserIndex:e,lastPossibleDelCloserIndex:s}}function Ii(t,e){let s=Tt(e),r=$e.get(t);r?r.push(s):$e.set(t,[s])}function zi(t){let e=$e.get(t);e&&(e.pop(),e.length===0&&$e.delete(t))}function Is(t,e,s){let r=$e.get(t)?.at(-1);return r&&r.maskedSrc===e?r.lastPossibleEmStrongCloserIndex[s]:Tt(e).lastPossibleEmStrongCloserIndex[s]}function zs(t,e){let s=$e.get(t)?.at(-1);return s&&s.maskedSrc===e?s.lastPossibleDelCloserIndex:Tt(e).lastPossibleDelCloserIndex}function je(t,e=0){let s=e,r="";for(let i of t)if(i==="	"){let n=4-s%4;r+=" ".repeat(n),s+=n}else r+=i,s++;return r}function Mi(t,e){let s="";for(let r=0;r<t.length;r++){if(t[r]==="`"){let i=e.inline.code.exec(t.slice(r));if(i){s+=i[0],r+=i[0].length-1;continue}}if(t[r]==="\\"&&(t[r+1]==="["||t[r+1]==="]")){s+=t[r+1],r++;continue}s+=t[r]}return s}function os(t,e,s,r,i){let n=e.href,o=e.title||null,a=Mi(t[1],i),l=t[0].charAt(0)==="!",p=r.state.inLink,c=r.state.linkEmitted,u=r.state.inRawBlock;r.state.inLink=!0,r.state.linkEmitted=!1;let h=r.inlineTokens(a),f=r.state.linkEmitted;if(r.state.linkEmitted=c,r.state.inLink=p,!l){if(f){r.state.inRawBlock=u;return}r.state.linkEmitted=!0}return{type:l?"image":"link",raw:s,href:n,title:o,text:a,tokens:h}}function Oi(t,e,s){let r=t.match(s.other.indentCodeCompensation);if(r===null)return e;let i=r[1];return e.split(`
`).map(n=>{let o=n.match(s.other.beginningSpace);if(o===null)return n;let[a]=o;return n.slice(Math.min(a.length,i.length))}).join(`
`)}function as(t,e,s,r){if(!e.includes("<"))return!1;for(let i=0;i<e.length;i++){if(e[i]==="\\"){i++;continue}if(e[i]==="`"){let a=r.inline.code.exec(e.slice(i));if(a){i+=a[0].length-1;continue}}if(e[i]!=="<")continue;let n=t.slice(s+i),o=r.inline.tag.exec(n)||r.inline.autolink.exec(n);if(o){if(o[0].length>e.length-i)return!0;i+=o[0].length-1}}return!1}var ae=class{options;rules;lexer;constructor(t){this.options=t||fe}space(t){let e=this.rules.block.newline.exec(t);if(e&&e[0].length>0)return{type:"space",raw:e[0]}}code(t){let e=this.rules.block.code.exec(t);if(e){let s=this.options.pedantic?e[0]:is(e[0]),r=s.replace(this.rules.other.codeRemoveIndent,"");return{type:"code",raw:s,codeBlockStyle:"indented",text:r}}}fences(t){let e=this.rules.block.fences.exec(t);if(e){let s=e[0],r=Oi(s,e[3]||"",this.rules);return e[3]!==void 0&&(r===""||r.endsWith(`
`))&&(r+=`
`),{type:"code",raw:s,lang:e[2]?e[2].trim().replace(this.rules.inline.anyPunctuation,"$1"):e[2],text:r}}}heading(t){let e=this.rules.block.heading.exec(t);if(e){let s=e[2].trim();if(this.rules.other.endingHash.test(s)){let r=q(s,"#");(this.options.pedantic||!r||this.rules.other.endingSpaceTabChar.test(r))&&(s=r.trim())}return{type:"heading",raw:q(e[0],`
`),depth:e[1].length,text:s,tokens:this.lexer.inline(s)}}}hr(t){let e=this.rules.block.hr.exec(t);if(e)return{type:"hr",raw:q(e[0],`
`)}}blockquote(t){let e=this.rules.block.blockquote.exec(t);if(e){let s=q(e[0],`
`).split(`
`),r="",i="",n=[];for(;s.length>0;){let o=!1,a=[],l;for(l=0;l<s.length;l++)if(this.rules.other.blockquoteStart.test(s[l]))a.push(s[l]),o=!0;else if(!o)a.push(s[l]);else break;s=s.slice(l);let p=a.join(`
`),c=p.replace(this.rules.other.blockquoteMarkerWhitespace,(f,g,y)=>y.startsWith(" ")?g+" "+y.slice(1):g+je(y,g.length)).replace(this.rules.other.blockquoteSetextReplace,`
    $1`).replace(this.rules.other.blockquoteSetextReplace2,"");r=r?`${r}
${p}`:p,i=i?`${i}
${c}`:c;let u=this.lexer.state.top;if(this.lexer.state.top=!0,this.lexer.blockTokens(c,n,!0),this.lexer.state.top=u,s.length===0)break;let h=n.at(-1);if(h?.type==="code"||h?.type==="heading"||h?.type==="hr"||h?.type==="html"||h?.type==="table")break;if(h?.type==="blockquote"){let f=h,g=s.join(`
`),y=f.raw+`
`+g.replace(this.rules.other.blockquoteSetextReplace2,""),k=this.blockquote(y);n[n.length-1]=k;let $=y.substring(k.raw.length).replace(/^\n/,""),j=$?$.split(`
`).length:0,v=j?s.slice(0,-j):s;if(v.length>0&&(r=`${r}
${v.join(`
`)}`),i=i.substring(0,i.length-f.text.length)+k.text,s=s.slice(v.length),s.length>0&&this.rules.other.blockquoteStart.test(s[0]))continue;break}else if(h?.type==="list"){let f=h,g=f.raw+`
`+s.join(`
`),y=this.list(g);n[n.length-1]=y;let k=y.raw.length>f.raw.length?g.slice(f.raw.length+1,y.raw.length).split(`
`).length:0;if(k>0){let $=s.slice(0,k).join(`
`);r=`${r}
${$}`,i=`${i}
${$}`}if(s=s.slice(k),s.length>0&&!this.rules.other.blockquoteStart.test(s[0]))break;continue}}return{type:"blockquote",raw:r,tokens:n,text:i}}}list(t){let e=this.rules.block.list.exec(t);if(e){if(!this.options.pedantic&&this.lexer.state.lastToken?.type==="text"&&!this.rules.other.listInterruptsParagraph.test(t))return;let s=t,r=()=>s.length-t.length,i=e[1].trim(),n=i.length>1,o={type:"list",raw:"",ordered:n,start:n?+i.slice(0,-1):"",loose:!1,items:[]};i=n?`\\d{1,9}\\${i.slice(-1)}`:`\\${i}`,this.options.pedantic&&(i=n?i:"[*+-]");let a=this.rules.other.listItemRegex(i),l=!1;for(;t;){let u=!1,h="";if(!(e=a.exec(t))||this.rules.block.hr.test(t))break;let f=r();t=t.substring(e[0].length);let g=e[2].split(`
`,1)[0],y=e[1].length,k=this.options.pedantic?je(g,y):g.replace(this.rules.other.leadingSpaceTab,ge=>je(ge,y)),$=t.split(`
`,1)[0],j=!k.trim(),v=0;if(this.options.pedantic?(v=2,h=k.trimStart()):j?v=y+1:(v=k.search(this.rules.other.nonSpaceChar),v=v>4?1:v,h=k.slice(v),v+=y),j&&this.rules.other.blankLine.test($)&&(t=t.substring($.length+1),u=!0),!u){let ge=this.rules.other.nextBulletRegex(v),Te=this.rules.other.hrRegex(v),Ue=this.rules.other.fencesBeginRegex(v),ee=this.options.pedantic?this.rules.other.pedanticHeadingBeginRegex(v):this.rules.other.headingBeginRegex(v),Ee=this.rules.other.htmlBeginRegex(v),Be=this.rules.other.blockquoteBeginRegex(v),tt=!1;for(;t;){let Rt=t.split(`
`,1)[0],me;if($=Rt,this.options.pedantic?($=$.replace(this.rules.other.listReplaceNesting,"  "),me=$):me=$.replace(this.rules.other.leadingSpaceTab,R=>je(R)),Ue.test($)||ee.test($)||Ee.test($)||Be.test($)||ge.test($)||Te.test($))break;if(me.search(this.rules.other.nonSpaceChar)>=v||!$.trim())h+=`
`+me.slice(v),tt=!1;else{if(j)break;let R=k;if(!this.options.pedantic&&!h.includes(`
`)&&!k.includes("	")){let be;for(;!Te.test(R)&&(be=this.rules.other.nestedBlockMarker.exec(R));)R=R.slice(be[0].length);if(!R.trim())break}if(R.replace(this.rules.other.tabCharGlobal,"    ").search(this.rules.other.nonSpaceChar)>=4||Ue.test(R)||ee.test(R)||Ee.test(R)||Te.test(R))break;if(!this.options.pedantic&&!tt){let be=k.replace(this.rules.other.nestedContainerMarkers,"");if(this.rules.block.fences.test(be)||this.rules.block.heading.test(be)||this.rules.block.hr.test(be))break}let Us=!this.options.pedantic&&/^ {0,3}(?:=+|-+) *$/.test($)&&this.rules.block.lheading.test(`${k}
${$}`)?`    ${me.replace(/^ {0,3}/,"")}`:$;h+=`
`+Us,tt=!0}j=!$.trim(),t=t.substring(Rt.length+1),k=me.slice(v)}}let Se=s.slice(f,r());o.loose||(l?o.loose=!0:this.rules.other.doubleBlankLine.test(Se)&&(l=!0)),o.items.push({type:"list_item",raw:Se,task:!!this.options.gfm&&this.rules.other.listIsTask.test(h),loose:!1,text:h,tokens:[]})}let p=o.items.at(-1);if(p)p.raw=p.raw.trimEnd(),p.text=p.text.trimEnd();else return;o.raw=s.slice(0,r()).trimEnd();let c=[];for(let u of o.items)if(this.lexer.state.top=!1,c.push(this.lexer.inlineQueue.length),u.tokens=this.lexer.blockTokens(u.text,[]),!o.loose){let h=u.tokens.filter(g=>g.type==="space"),f=h.length>0&&h.some(g=>this.rules.other.anyLine.test(g.raw));o.loose=f}for(let u=0;u<o.items.length;u++){let h=o.items[u],f=h.tokens[0];if(h.task&&(f?.type==="text"||f?.type==="paragraph")){h.text=h.text.replace(this.rules.other.listReplaceTask,""),f.raw=f.raw.replace(this.rules.other.listReplaceTask,""),f.text=f.text.replace(this.rules.other.listReplaceTask,"");let g=this.lexer.inlineQueue;for(let k=c[u];k<g.length;k++)if(g[k].tokens===f.tokens){g[k].src=g[k].src.replace(this.rules.other.listReplaceTask,"");break}let y=this.rules.other.listTaskCheckbox.exec(h.raw);if(y){let k={type:"checkbox",raw:y[0]+" ",checked:y[0]!=="[ ]"};h.checked=k.checked,o.loose?h.tokens[0]&&["paragraph","text"].includes(h.tokens[0].type)&&"tokens"in h.tokens[0]&&h.tokens[0].tokens?(h.tokens[0].raw=k.raw+h.tokens[0].raw,h.tokens[0].text=k.raw+h.tokens[0].text,h.tokens[0].tokens.unshift(k)):h.tokens.unshift({type:"paragraph",raw:k.raw,text:k.raw,tokens:[k]}):h.tokens.unshift(k)}}else h.task&&(h.task=!1)}if(o.loose)for(let u of o.items){u.loose=!0;for(let h of u.tokens)h.type==="text"&&(h.type="paragraph")}return o}}html(t){let e=this.rules.block.html.exec(t);if(e){if(this.lexer.state.lastToken?.type==="paragraph"&&!this.rules.other.htmlBeginRegex(4).test(t))return;let s=is(e[0]);return{type:"html",block:!0,raw:s,pre:e[1]==="pre"||e[1]==="script"||e[1]==="style",text:s}}}def(t){let e=this.rules.block.def.exec(t);if(e){if(!this.rules.other.startAngleBracket.test(e[2])&&ns(e[2],"()")!==-1)return;let s=Qe(e[1]),r=e[2]?e[2].replace(this.rules.other.hrefBrackets,"$1").replace(this.rules.inline.anyPunctuation,"$1"):"",i=e[3]?e[3].substring(1,e[3].length-1).replace(this.rules.inline.anyPunctuation,"$1"):e[3];return{type:"def",tag:s,raw:q(e[0],`
`),href:r,title:i}}}table(t){let e=this.rules.block.table.exec(t);if(!e||!this.rules.other.tableDelimiter.test(e[2]))return;let s=rs(e[1]),r=e[2].replace(this.rules.other.tableAlignChars,"").split("|"),i=e[3]?.trim()?e[3].replace(this.rules.other.tableRowBlankLine,"").split(`
`):[],n={type:"table",raw:q(e[0],`
`),header:[],align:[],rows:[]};if(s.length===r.length){for(let o of r)this.rules.other.tableAlignRight.test(o)?n.align.push("right"):this.rules.other.tableAlignCenter.test(o)?n.align.push("center"):this.rules.other.tableAlignLeft.test(o)?n.align.push("left"):n.align.push(null);for(let o=0;o<s.length;o++)n.header.push({text:s[o],tokens:this.lexer.inline(s[o]),header:!0,align:n.align[o]});for(let o of i)n.rows.push(rs(o,n.header.length).map((a,l)=>({text:a,tokens:this.lexer.inline(a),header:!1,align:n.align[l]})));return n}}lheading(t){let e=this.rules.block.lheading.exec(t);if(e){let s=e[1].trim();return{type:"heading",raw:q(e[0],`
`),depth:e[2].charAt(0)==="="?1:2,text:s,tokens:this.lexer.inline(s)}}}paragraph(t){let e=this.rules.block.paragraph.exec(t);if(e){let s=e[1].charAt(e[1].length-1)===`
`?e[1].slice(0,-1):e[1];return{type:"paragraph",raw:e[0],text:s,tokens:this.lexer.inline(s)}}}text(t){let e=this.rules.block.text.exec(t);if(e)return{type:"text",raw:e[0],text:e[0],tokens:this.lexer.inline(e[0])}}escape(t){if(t.charCodeAt(0)!==92)return;let e=this.rules.inline.escape.exec(t);if(e)return{type:"escape",raw:e[0],text:e[1]}}tag(t){if(t.charCodeAt(0)!==60)return;let e=this.rules.inline.tag.exec(t);if(e)return!this.lexer.state.inLink&&this.rules.other.startATag.test(e[0])?this.lexer.state.inLink=!0:this.lexer.state.inLink&&this.rules.other.endATag.test(e[0])&&(this.lexer.state.inLink=!1),!this.lexer.state.inRawBlock&&this.rules.other.startPreScriptTag.test(e[0])?this.lexer.state.inRawBlock=!0:this.lexer.state.inRawBlock&&this.rules.other.endPreScriptTag.test(e[0])&&(this.lexer.state.inRawBlock=!1),{type:"html",raw:e[0],inLink:this.lexer.state.inLink,inRawBlock:this.lexer.state.inRawBlock,block:!1,text:e[0]}}link(t){if(this.lexer.state.linkParenPossible===!1)return;let e=t.charCodeAt(0);if(e!==91&&e!==33)return;let s=this.rules.inline.link.exec(t);if(s){let r=s[0].charAt(0)==="!"?2:1;if(!this.options.pedantic&&as(t,s[1],r,this.rules))return;let i=s[2].trim();if(!this.options.pedantic&&this.rules.other.startAngleBracket.test(i)){if(!this.rules.other.endAngleBracket.test(i))return;let l=q(i.slice(0,-1),"\\");if((i.length-l.length)%2===0)return}else{let l=ns(s[2],"()");if(l===-2)return;if(l>-1){let p=(s[0].indexOf("!")===0?5:4)+s[1].length+l;s[2]=s[2].substring(0,l),s[0]=s[0].substring(0,p).trim(),s[3]=""}}let n=q(s[0].slice(0,-1),"\\");if((s[0].length-n.length)%2===0)return;let o=s[2],a="";if(this.options.pedantic){let l=this.rules.other.pedanticHrefTitle.exec(o);l&&(o=l[1],a=l[3])}else a=s[3]?s[3].slice(1,-1):"";return o=o.trim(),this.rules.other.startAngleBracket.test(o)&&(this.options.pedantic&&!this.rules.other.endAngleBracket.test(i)?o=o.slice(1):o=o.slice(1,-1)),os(s,{href:o&&o.replace(this.rules.inline.anyPunctuation,"$1"),title:a&&a.replace(this.rules.inline.anyPunctuation,"$1")},s[0],this.lexer,this.rules)}}reflink(t,e){let s=t.charCodeAt(0);if(s!==91&&s!==33)return;let r;if((r=this.rules.inline.reflink.exec(t))||(r=this.rules.inline.nolink.exec(t))){let i=r[0].charAt(0)==="!"?2:1;if(!this.options.pedantic&&as(t,r[1],i,this.rules))return;let n=e[Qe(r[2]||r[1])];if(!n){let o=r[0].charAt(0);return{type:"text",raw:o,text:o}}return os(r,n,r[0],this.lexer,this.rules)}}emStrong(t,e,s=""){let r=this.rules.inline.emStrongLDelim.exec(t);if(!r||!r[1]&&!r[2]&&!r[3]&&!r[4])return;let i=r[0][0],n=s===i,o=e.length-t.length,a=o;for(;!this.options.pedantic&&a>0&&e[a-1]===i;)a--;let l=[...e.slice(Math.max(0,a-2),a)].at(-1)??"",p=l==="*"||l==="_"||!!this.rules.inline.punctuation.exec(l);a<o&&(s=l);let c=a<o?p:s==="*"||s==="_"||!!this.rules.inline.punctuation.exec(s);if(r[4]&&s.match(this.rules.other.unicodeAlphaNumeric))return;let u=r[1]||r[3]||"";if(!u||!s||c){let h=[...r[0]].length-1,f,g,y=h,k=0,$=o-a+h,j=!this.options.pedantic&&!!l.trim()&&(!!u||i==="*"&&!p);if(i!=="*"&&i!=="_")return;let v=i==="*"?this.rules.inline.emStrongRDelimAst:this.rules.inline.emStrongRDelimUnd,Se=Is(this,e,i),ge=e.length-t.length+h;if(Se<ge)return;e=e.slice(-1*t.length+h);let Te=Se-ge;for(v.lastIndex=0;(r=v.exec(e))!==null&&!(r.index>Te);){if(f=r[1]||r[2]||r[3]||r[4]||r[5]||r[6],!f)continue;if(g=[...f].length,r[3]||r[4]){y+=g;continue}else if((r[5]||r[6]||j)&&$%3&&!(($+g)%3)){if(n&&(r[5]||r[6]))break;k+=g;continue}if(y-=g,y>0)continue;g=Math.min(g,g+y+k);let Ue=[...r[0]][0].length,ee=t.slice(0,h+r.index+Ue+g);if(Math.min(h,g)%2){let Be=ee.slice(1,-1);return{type:"em",raw:ee,text:Be,tokens:this.lexer.inlineTokens(Be)}}let Ee=ee.slice(2,-2);return{type:"strong",raw:ee,text:Ee,tokens:this.lexer.inlineTokens(Ee)}}}}codespan(t){if(t.charCodeAt(0)!==96)return;let e=this.rules.inline.code.exec(t);if(e){let s=e[2].replace(this.rules.other.newLineCharGlobal," "),r=this.rules.other.nonSpaceChar.test(s),i=this.rules.other.startingSpaceChar.test(s)&&this.rules.other.endingSpaceChar.test(s);return r&&i&&(s=s.substring(1,s.length-1)),{type:"codespan",raw:e[0],text:s}}}br(t){let e=t.charCodeAt(0);if(e!==32&&e!==92&&e!==10)return;let s=this.rules.inline.br.exec(t);if(s)return{type:"br",raw:s[0]}}del(t,e,s=""){if(t.charCodeAt(0)!==126)return;let r=this.rules.inline.delLDelim.exec(t);if(r&&(!r[1]||!s||this.rules.inline.punctuation.exec(s))){let i=[...r[0]].length-1,n,o,a=i,l=this.rules.inline.delRDelim,p=zs(this,e),c=e.length-t.length+i;if(p<c)return;e=e.slice(-1*t.length+i);let u=p-c;for(l.lastIndex=0;(r=l.exec(e))!==null&&!(r.index>u);){if(n=r[1]||r[2]||r[3]||r[4]||r[5]||r[6],!n||(o=[...n].length,o!==i))continue;if(r[3]||r[4]){a+=o;continue}if(a-=o,a>0)continue;o=Math.min(o,o+a);let h=[...r[0]][0].length,f=t.slice(0,i+r.index+h+o),g=f.slice(i,-i);return{type:"del",raw:f,text:g,tokens:this.lexer.inlineTokens(g)}}}}autolink(t){if(t.charCodeAt(0)!==60)return;let e=this.rules.inline.autolink.exec(t);if(e){let s,r;return e[2]==="@"?(s=e[1],r="mailto:"+s):(s=e[1],r=s),{type:"link",raw:e[0],text:s,href:r,autolink:!0,tokens:[{type:"text",raw:s,text:s}]}}}url(t){let e;if(e=this.rules.inline.url.exec(t)){let s,r;if(e[2]==="@")s=e[0],r="mailto:"+s;else{let i;do i=e[0],e[0]=this.rules.inline._backpedal.exec(e[0])?.[0]??"";while(i!==e[0]);s=e[0],e[1]==="www."?r="http://"+e[0]:r=e[0]}return{type:"link",raw:e[0],text:s,href:r,autolink:!0,tokens:[{type:"text",raw:s,text:s}]}}}inlineText(t){let e=this.rules.inline.text.exec(t);if(e){let s=this.lexer.state.inRawBlock;return{type:"text",raw:e[0],text:s?e[0]:Ri(e[0]),escaped:s}}}},I=class at{tokens;options;state;inlineQueue;tokenizer;constructor(e){this.tokens=[],this.tokens.links=Object.create(null),this.options=e||fe,this.options.tokenizer=this.options.tokenizer||new ae,this.tokenizer=this.options.tokenizer,this.tokenizer.options=this.options,this.tokenizer.lexer=this,this.inlineQueue=[],this.state={inLink:!1,inRawBlock:!1,linkEmitted:!1,linkParenPossible:!0,top:!0};let s={other:S,block:He.normal,inline:Re.normal};this.options.pedantic?(s.block=He.pedantic,s.inline=Re.pedantic):this.options.gfm&&(s.block=He.gfm,this.options.breaks?s.inline=Re.breaks:s.inline=Re.gfm),this.tokenizer.rules=s}static get rules(){return{block:He,inline:Re}}static lex(e,s){return new at(s).lex(e)}static lexInline(e,s){return new at(s).inlineTokens(e)}lex(e){e=e.replace(S.carriageReturn,`
`),this.blockTokens(e,this.tokens);for(let s=0;s<this.inlineQueue.length;s++){let r=this.inlineQueue[s];this.state.inRawBlock=!1,this.inlineTokens(r.src,r.tokens)}return this.inlineQueue=[],this.tokens}blockTokens(e,s=[],r=!1){this.tokenizer.lexer=this;let i=this.state.lastToken;this.options.pedantic&&(e=e.replace(S.tabCharGlobal,"    ").replace(S.spaceLine,""));let n=1/0,o,a=this.options.gfm&&!this.options.pedantic&&this.tokenizer.paragraph===ae.prototype.paragraph;for(;e;){if(e.length<n)n=e.length;else{this.infiniteLoopError(e.charCodeAt(0));break}this.state.lastToken=s.at(-1);let l;if(this.options.extensions?.block?.some(c=>(l=c.call({lexer:this},e,s))?(e=e.substring(l.raw.length),s.push(l),!0):!1))continue;if(l=this.tokenizer.space(e)){e=e.substring(l.raw.length);let c=s.at(-1);l.raw.length===1&&c!==void 0?c.raw+=`
`:s.push(l);continue}if(l=this.tokenizer.code(e)){e=e.substring(l.raw.length);let c=s.at(-1);c?.type==="paragraph"||c?.type==="text"?(c.raw+=(c.raw.endsWith(`
`)?"":`
`)+l.raw,c.text+=`
`+l.text,this.inlineQueue.at(-1).src=c.text):s.push(l);continue}if(l=this.tokenizer.fences(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.heading(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.hr(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.blockquote(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.list(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.html(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.def(e)){e=e.substring(l.raw.length);let c=s.at(-1);c?.type==="paragraph"||c?.type==="text"?(c.raw+=(c.raw.endsWith(`
`)?"":`
`)+l.raw,c.text+=`
`+l.raw,this.inlineQueue.at(-1).src=c.text):(this.tokens.links[l.tag]||(this.tokens.links[l.tag]={href:l.href,title:l.title}),s.push(l));continue}if(l=this.tokenizer.table(e)){e=e.substring(l.raw.length),s.push(l);continue}if(l=this.tokenizer.lheading(e)){e=e.substring(l.raw.length),s.push(l);continue}let p=e;if(this.options.extensions?.startBlock){let c=1/0,u=e.slice(1),h;this.options.extensions.startBlock.forEach(f=>{h=f.call({lexer:this},u),typeof h=="number"&&h>=0&&(c=Math.min(c,h))}),c<1/0&&c>=0&&(p=e.substring(0,c+1))}if(this.state.top&&(l=this.tokenizer.paragraph(p))){let c=s.at(-1);(r||c===o&&a)&&c?.type==="paragraph"?(c.raw+=(c.raw.endsWith(`
`)?"":`
`)+l.raw,c.text+=`
`+l.text,this.inlineQueue.pop(),this.inlineQueue.at(-1).src=c.text,o=c):(s.push(l),o=l),r=p.length!==e.length,e=e.substring(l.raw.length);continue}if(l=this.tokenizer.text(e)){e=e.substring(l.raw.length);let c=s.at(-1);c?.type==="text"?(c.raw+=(c.raw.endsWith(`
`)?"":`
`)+l.raw,c.text+=`
`+l.text,this.inlineQueue.pop(),this.inlineQueue.at(-1).src=c.text):s.push(l);continue}if(e){this.infiniteLoopError(e.charCodeAt(0));break}}return this.state.top=!0,this.state.lastToken=i,s}inline(e,s=[]){return this.inlineQueue.push({src:e,tokens:s}),s}linkInText(e){if(!e.includes("["))return!1;let s=this.tokenizer.rules.inline.link;for(let r of e.matchAll(this.tokenizer.rules.inline.blockSkip))if(s.test(r[0])&&e.charAt(r.index-1)!=="!")return!0;for(let r of e.matchAll(this.tokenizer.rules.inline.reflinkSearch)){let i=r[0],n=i.lastIndexOf("[");if(!(i.charAt(0)==="!"||!Object.hasOwn(this.tokens.links,Qe(i.slice(n+1,-1))))&&!(n>1&&this.linkInText(i.slice(1,n-1))))return!0}return!1}inlineTokens(e,s=[]){this.tokenizer.lexer=this;let r=this.state.linkParenPossible;this.state.linkParenPossible=e.includes(")");try{return this.#t(e,s)}finally{this.state.linkParenPossible=r}}#t(e,s){let r=e.includes("*")||e.includes("_")||e.includes("~"),i=r||this.options.hooks?.emStrongMask||this.tokenizer.emStrong!==ae.prototype.emStrong||this.tokenizer.del!==ae.prototype.del?this.#r(e):e;if(!r)return this.#e(e,i,s);Ii(this.tokenizer,i);try{return this.#e(e,i,s)}finally{zi(this.tokenizer)}}#e(e,s,r){let i=!1,n="",o=1/0;for(;e;){if(e.length<o)o=e.length;else{this.infiniteLoopError(e.charCodeAt(0));break}i||(n=""),i=!1;let a;if(this.options.extensions?.inline?.some(c=>(a=c.call({lexer:this},e,r))?(e=e.substring(a.raw.length),r.push(a),!0):!1))continue;if(a=this.tokenizer.escape(e)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.tag(e)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.link(e)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.reflink(e,this.tokens.links)){e=e.substring(a.raw.length);let c=r.at(-1);a.type==="text"&&c?.type==="text"?(c.raw+=a.raw,c.text+=a.text):r.push(a);continue}let l=e[0];if(l==="*"||l==="_"){let c=s.length-e.length;if(Is(this.tokenizer,s,l)<=c){let u=1;for(;u<e.length&&e.charCodeAt(u)===l.charCodeAt(0);)u++;let h=e.substring(0,u),f=r.at(-1);f?.type==="text"&&!f.escaped?(f.raw+=h,f.text+=h):r.push({type:"text",raw:h,text:h,escaped:!1}),e=e.substring(u),n=l,i=!0;continue}}else if(l==="~"){let c=s.length-e.length;if(zs(this.tokenizer,s)<=c){let u=1;for(;u<e.length&&e.charCodeAt(u)===126;)u++;let h=e.substring(0,u),f=r.at(-1);f?.type==="text"&&!f.escaped?(f.raw+=h,f.text+=h):r.push({type:"text",raw:h,text:h,escaped:!1}),e=e.substring(u),n=l,i=!0;continue}}if(a=this.tokenizer.emStrong(e,s,n)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.codespan(e)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.br(e)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.del(e,s,n)){e=e.substring(a.raw.length),r.push(a);continue}if(a=this.tokenizer.autolink(e)){e=e.substring(a.raw.length),r.push(a);continue}if(!this.state.inLink&&(a=this.tokenizer.url(e))){e=e.substring(a.raw.length),r.push(a);continue}let p=e;if(this.options.extensions?.startInline){let c=1/0,u=e.slice(1),h;this.options.extensions.startInline.forEach(f=>{h=f.call({lexer:this},u),typeof h=="number"&&h>=0&&(c=Math.min(c,h))}),c<1/0&&c>=0&&(p=e.substring(0,c+1))}if(a=this.tokenizer.inlineText(p)){e=e.substring(a.raw.length),a.raw.slice(-1)!=="_"&&(n=a.raw.slice(-1)),i=!0;let c=r.at(-1);c?.type==="text"?(c.raw+=a.raw,c.text+=a.text):r.push(a);continue}if(e){this.infiniteLoopError(e.charCodeAt(0));break}}return r}#s(e){let{blockSkip:s,tag:r,autolink:i}=this.tokenizer.rules.inline,n="",o=0,a;for(s.lastIndex=0;a=s.exec(e);){let l=a.index+(a[2]?a[2].length:0),p=a.index+a[0].length;if(e.charAt(l)==="<"){let c=e.slice(l),u=r.exec(c)||i.exec(c);if(!u){s.lastIndex=l+1;continue}p=l+u[0].length,s.lastIndex=p}n+=e.slice(o,l)+"["+"a".repeat(p-l-2)+"]",o=p}return n+e.slice(o)}#r(e){let s=e;if(this.tokens.links&&e.includes("[")){let r=this.tokenizer.rules.inline.reflinkSearch,i=n=>{let o=n.lastIndexOf("[");if(!Object.hasOwn(this.tokens.links,Qe(n.slice(o+1,-1))))return n;if(o>1&&n.charAt(0)!=="!"){let a=n.slice(1,o-1);if(this.linkInText(a))return"["+a.replace(r,i)+"]["+"a".repeat(n.length-o-2)+"]"}return"["+"a".repeat(n.length-2)+"]"};s=s.replace(r,i)}return s=s.replace(this.tokenizer.rules.inline.anyPunctuationOutsideCode,(r,i,n)=>n?"+".repeat(r.length):i?i+r.slice(i.length,-i.length).replace(/`/g,"+")+i:r),s=this.#s(s),s=this.options.hooks?.emStrongMask?.call({lexer:this},s)??s,s}infiniteLoopError(e){let s="Infinite loop on byte: "+e;if(this.options.silent)console.error(s);else throw new Error(s)}},Ve=class{options;parser;constructor(t){this.options=t||fe}space(t){return""}code({text:t,lang:e,escaped:s}){let r=(e||"").match(S.notSpaceStart)?.[0],i=t?t.replace(S.endingNewline,"")+`
`:"";return r?'<pre><code class="language-'+P(r)+'">'+(s?i:P(i,!0))+`</code></pre>
`:"<pre><code>"+(s?i:P(i,!0))+`</code></pre>
`}blockquote({tokens:t}){return`<blockquote>
${this.parser.parse(t)}</blockquote>
`}html({text:t}){return t}def(t){return""}heading({tokens:t,depth:e}){return`<h${e}>${this.parser.parseInline(t)}</h${e}>
`}hr(t){return`<hr>
`}list(t){let e=t.ordered,s=t.start,r="";for(let o=0;o<t.items.length;o++){let a=t.items[o];r+=this.listitem(a)}let i=e?"ol":"ul",n=e&&s!==1?' start="'+s+'"':"";return"<"+i+n+`>
`+r+"</"+i+`>
`}listitem(t){return`<li>${this.parser.parse(t.tokens)}</li>
`}checkbox({checked:t}){return"<input "+(t?'checked="" ':"")+'disabled="" type="checkbox"> '}paragraph({tokens:t}){return`<p>${this.parser.parseInline(t)}</p>
`}table(t){let e="",s="";for(let i=0;i<t.header.length;i++)s+=this.tablecell(t.header[i]);e+=this.tablerow({text:s});let r="";for(let i=0;i<t.rows.length;i++){let n=t.rows[i];s="";for(let o=0;o<n.length;o++)s+=this.tablecell(n[o]);r+=this.tablerow({text:s})}return r&&(r=`<tbody>${r}</tbody>`),`<table>
<thead>
`+e+`</thead>
`+r+`</table>
`}tablerow({text:t}){return`<tr>
${t}</tr>
`}tablecell(t){let e=this.parser.parseInline(t.tokens),s=t.header?"th":"td";return(t.align?`<${s} align="${t.align}">`:`<${s}>`)+e+`</${s}>
`}strong({tokens:t}){return`<strong>${this.parser.parseInline(t)}</strong>`}em({tokens:t}){return`<em>${this.parser.parseInline(t)}</em>`}codespan({text:t}){return`<code>${P(t,!0)}</code>`}br(t){return"<br>"}del({tokens:t}){return`<del>${this.parser.parseInline(t)}</del>`}link({href:t,title:e,text:s,tokens:r,autolink:i}){let n=i?P(s,!0):this.parser.parseInline(r),o=ss(t);if(o===null)return n;t=P(o,i);let a='<a href="'+t+'"';return e&&(a+=' title="'+P(e)+'"'),a+=">"+n+"</a>",a}image({href:t,title:e,text:s,tokens:r}){r&&(s=this.parser.parseInline(r,this.parser.textRenderer));let i=ss(t);if(i===null)return P(s);t=i;let n=`<img src="${P(t)}" alt="${P(s)}"`;return e&&(n+=` title="${P(e)}"`),n+=">",n}text(t){return"tokens"in t&&t.tokens?this.parser.parseInline(t.tokens):"escaped"in t&&t.escaped?t.text:P(t.text)}},Et=class{parser;strong({text:t,tokens:e}){return e?this.parser.parseInline(e,this):t}em({text:t,tokens:e}){return e?this.parser.parseInline(e,this):t}codespan({text:t}){return t}del({text:t,tokens:e}){return e?this.parser.parseInline(e,this):t}html({text:t}){return t}text({text:t}){return t}link({text:t,tokens:e}){return e?this.parser.parseInline(e,this):t}image({text:t,tokens:e}){return e?this.parser.parseInline(e,this):t}br(){return`
`}checkbox({raw:t}){return t}},O=class lt{options;renderer;textRenderer;constructor(e){this.options=e||fe,this.options.renderer=this.options.renderer||new Ve,this.renderer=this.options.renderer,this.renderer.options=this.options,this.renderer.parser=this,this.textRenderer=new Et,this.textRenderer.parser=this}static parse(e,s){return new lt(s).parse(e)}static parseInline(e,s){return new lt(s).parseInline(e)}parse(e){this.renderer.parser=this;let s="";for(let r=0;r<e.length;r++){let i=e[r];if(this.options.extensions?.renderers?.[i.type]){let o=i,a=this.options.extensions.renderers[o.type].call({parser:this},o);if(a!==!1||!["space","hr","heading","code","table","blockquote","list","checkbox","html","def","paragraph","text"].includes(o.type)){s+=a===!1?"":a??"";continue}}let n=i;switch(n.type){case"space":{s+=this.renderer.space(n);break}case"hr":{s+=this.renderer.hr(n);break}case"heading":{s+=this.renderer.heading(n);break}case"code":{s+=this.renderer.code(n);break}case"table":{s+=this.renderer.table(n);break}case"blockquote":{s+=this.renderer.blockquote(n);break}case"list":{s+=this.renderer.list(n);break}case"checkbox":{s+=this.renderer.checkbox(n);break}case"html":{s+=this.renderer.html(n);break}case"def":{s+=this.renderer.def(n);break}case"paragraph":{s+=this.renderer.paragraph(n);break}case"text":{s+=this.renderer.text(n);break}default:{let o='Token with "'+n.type+'" type was not found.';if(this.options.silent)return console.error(o),"";throw new Error(o)}}}return s}parseInline(e,s=this.renderer){this.renderer.parser=this;let r="";for(let i=0;i<e.length;i++){let n=e[i];if(this.options.extensions?.renderers?.[n.type]){let a=this.options.extensions.renderers[n.type].call({parser:this},n);if(a!==!1||!["escape","html","link","image","checkbox","strong","em","codespan","br","del","text"].includes(n.type)){r+=a===!1?"":a??"";continue}}let o=n;switch(o.type){case"escape":{r+=s.text(o);break}case"html":{r+=s.html(o);break}case"link":{r+=s.link(o);break}case"image":{r+=s.image(o);break}case"checkbox":{r+=s.checkbox(o);break}case"strong":{r+=s.strong(o);break}case"em":{r+=s.em(o);break}case"codespan":{r+=s.codespan(o);break}case"br":{r+=s.br(o);break}case"del":{r+=s.del(o);break}case"text":{r+=s.text(o);break}default:{let a='Token with "'+o.type+'" type was not found.';if(this.options.silent)return console.error(a),"";throw new Error(a)}}}return r}},Ie=class{options;block;constructor(t){this.options=t||fe}static passThroughHooks=new Set(["preprocess","postprocess","processAllTokens","emStrongMask"]);static passThroughHooksRespectAsync=new Set(["preprocess","postprocess","processAllTokens"]);preprocess(t){return t}postprocess(t){return t}processAllTokens(t){return t}emStrongMask(t){return t}provideLexer(t=this.block){return t?I.lex:I.lexInline}provideParser(t=this.block){return t?O.parse:O.parseInline}};function Q(t,e){if(Array.isArray(e))for(let s=0;s<e.length;s++)t.push(e[s]);else t.push(e)}var Di=class{defaults=yt();options=this.setOptions;parse=this.parseMarkdown(!0);parseInline=this.parseMarkdown(!1);Parser=O;Renderer=Ve;TextRenderer=Et;Lexer=I;Tokenizer=ae;Hooks=Ie;constructor(...t){this.use(...t)}walkTokens(t,e){let s=[];for(let r of t)switch(Q(s,e.call(this,r)),r.type){case"table":{let i=r;for(let n of i.header)Q(s,this.walkTokens(n.tokens,e));for(let n of i.rows)for(let o of n)Q(s,this.walkTokens(o.tokens,e));break}case"list":{let i=r;Q(s,this.walkTokens(i.items,e));break}default:{let i=r;this.defaults.extensions?.childTokens?.[i.type]?this.defaults.extensions.childTokens[i.type].forEach(n=>{let o=i[n].flat(1/0);Q(s,this.walkTokens(o,e))}):i.tokens&&Q(s,this.walkTokens(i.tokens,e))}}return s}use(...t){let e=this.defaults.extensions||{renderers:Object.create(null),childTokens:Object.create(null)};return t.forEach(s=>{let r={...s};if(r.async=this.defaults.async||r.async||!1,s.extensions&&(s.extensions.forEach(i=>{if(!i.name)throw new Error("extension name required");if("renderer"in i){let n=e.renderers[i.name];n?e.renderers[i.name]=function(...o){let a=i.renderer.apply(this,o);return a===!1&&(a=n.apply(this,o)),a}:e.renderers[i.name]=i.renderer}if("tokenizer"in i){if(!i.level||i.level!=="block"&&i.level!=="inline")throw new Error("extension level must be 'block' or 'inline'");let n=e[i.level];n?n.unshift(i.tokenizer):e[i.level]=[i.tokenizer],i.start&&(i.level==="block"?e.startBlock?e.startBlock.push(i.start):e.startBlock=[i.start]:i.level==="inline"&&(e.startInline?e.startInline.push(i.start):e.startInline=[i.start]))}"childTokens"in i&&i.childTokens&&(e.childTokens[i.name]=i.childTokens)}),r.extensions=e),s.renderer){let i=this.defaults.renderer||new Ve(this.defaults);for(let n in s.renderer){if(!(n in i))throw new Error(`renderer '${n}' does not exist`);if(["options","parser"].includes(n))continue;let o=n,a=s.renderer[o],l=i[o];i[o]=(...p)=>{let c=a.apply(i,p);return c===!1&&(c=l.apply(i,p)),c===!1?"":c??""}}r.renderer=i}if(s.tokenizer){let i=this.defaults.tokenizer||new ae(this.defaults);for(let n in s.tokenizer){if(!(n in i))throw new Error(`tokenizer '${n}' does not exist`);if(["options","rules","lexer"].includes(n))continue;let o=n,a=s.tokenizer[o],l=i[o];i[o]=(...p)=>{let c=a.apply(i,p);return c===!1&&(c=l.apply(i,p)),c}}r.tokenizer=i}if(s.hooks){let i=this.defaults.hooks||new Ie;for(let n in s.hooks){if(!(n in i))throw new Error(`hook '${n}' does not exist`);if(["options","block"].includes(n))continue;let o=n,a=s.hooks[o],l=i[o];Ie.passThroughHooks.has(n)?i[o]=p=>{if(i.options.async&&Ie.passThroughHooksRespectAsync.has(n))return(async()=>{let u=await a.call(i,p);return l.call(i,u)})();let c=a.call(i,p);return l.call(i,c)}:i[o]=(...p)=>{if(i.options.async)return(async()=>{let u=await a.apply(i,p);return u===!1&&(u=await l.apply(i,p)),u})();let c=a.apply(i,p);return c===!1&&(c=l.apply(i,p)),c}}r.hooks=i}if(s.walkTokens){let i=this.defaults.walkTokens,n=s.walkTokens;r.walkTokens=function(o){let a=[];return Q(a,n.call(this,o)),i&&Q(a,i.call(this,o)),a}}this.defaults={...this.defaults,...r}}),this}setOptions(t){return this.defaults={...this.defaults,...t},this}lexer(t,e){return I.lex(t,e??this.defaults)}parser(t,e){return O.parse(t,e??this.defaults)}parseMarkdown(t){return(e,s)=>{let r={...s},i={...this.defaults,...r},n=this.onError(!!i.silent,!!i.async);if(this.defaults.async===!0&&r.async===!1)return n(new Error("marked(): The async option was set to true by an extension. Remove async: false from the parse options object to return a Promise."));if(typeof e>"u"||e===null)return n(new Error("marked(): input parameter is undefined or null"));if(typeof e!="string")return n(new Error("marked(): input parameter is of type "+Object.prototype.toString.call(e)+", string expected"));if(i.hooks&&(i.hooks.options=i,i.hooks.block=t),i.async)return(async()=>{let o=i.hooks?await i.hooks.preprocess(e):e,a=await(i.hooks?await i.hooks.provideLexer(t):t?I.lex:I.lexInline)(o,i),l=i.hooks?await i.hooks.processAllTokens(a):a;i.walkTokens&&await Promise.all(this.walkTokens(l,i.walkTokens));let p=await(i.hooks?await i.hooks.provideParser(t):t?O.parse:O.parseInline)(l,i);return i.hooks?await i.hooks.postprocess(p):p})().catch(n);try{i.hooks&&(e=i.hooks.preprocess(e));let o=(i.hooks?i.hooks.provideLexer(t):t?I.lex:I.lexInline)(e,i);i.hooks&&(o=i.hooks.processAllTokens(o)),i.walkTokens&&this.walkTokens(o,i.walkTokens);let a=(i.hooks?i.hooks.provideParser(t):t?O.parse:O.parseInline)(o,i);return i.hooks&&(a=i.hooks.postprocess(a)),a}catch(o){return n(o)}}}onError(t,e){return s=>{if(s.message+=`
Please report this to https://github.com/markedjs/marked.`,t){let r="<p>An error occurred:</p><pre>"+P(s.message+"",!0)+"</pre>";return e?Promise.resolve(r):r}if(e)return Promise.reject(s);throw s}}},de=new Di;function x(t,e){return de.parse(t,e)}x.options=x.setOptions=function(t){return de.setOptions(t),x.defaults=de.defaults,xs(x.defaults),x};x.getDefaults=yt;x.defaults=fe;function Li(...t){return de.use(...t),x.defaults=de.defaults,xs(x.defaults),x}x.use=Li;x.walkTokens=function(t,e){return de.walkTokens(t,e)};x.parseInline=de.parseInline;x.Parser=O;x.parser=O.parse;x.Renderer=Ve;x.TextRenderer=Et;x.Lexer=I;x.lexer=I.lex;x.Tokenizer=ae;x.Hooks=Ie;x.parse=x;x.options;x.setOptions;x.walkTokens;x.parseInline;O.parse;I.lex;var Ni=Object.defineProperty,Ui=Object.getOwnPropertyDescriptor,et=(t,e,s,r)=>{for(var i=r>1?void 0:r?Ui(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&Ni(e,s,i),i};const Bi=2e3;let xe=class extends D{constructor(){super(...arguments),this.code="",this.language="",this.copied=!1}render(){return d`<header>
        <span>${this.language.slice(0,40)}</span>
        <button
          class="icon-button"
          type="button"
          aria-label=${this.copied?"Copied":"Copy code"}
          @click=${this.copy}
        >
          ${this.copied?E.check:E.copy}
        </button>
      </header>
      <pre tabindex="0"><code>${this.code}</code></pre>`}async copy(){await navigator.clipboard.writeText(this.code),this.copied=!0,setTimeout(()=>this.copied=!1,Bi)}};xe.styles=[J,K`
      :host {
        display: block;
        margin: 0.6rem 0;
        border: 1px solid var(--border);
        border-radius: 10px;
        background: var(--surface);
        overflow: hidden;
        line-height: 1.45;
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-left: 0.8rem;
        color: var(--muted);
        font-size: 0.8em;
      }

      pre {
        margin: 0;
        padding: 0 0.8rem 0.8rem;
        overflow-x: auto;
        font:
          0.875em ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
        tab-size: 4;
      }

      .icon-button {
        width: 2.25rem;
        height: 2.25rem;
      }
    `];et([A()],xe.prototype,"code",2);et([A()],xe.prototype,"language",2);et([w()],xe.prototype,"copied",2);xe=et([X("keyswitch-code")],xe);function Hi(t){const e=I.lex(t,{gfm:!0,breaks:!0}),s=ji(e);return d`${e.map(r=>r.type==="heading"?Ms(r,s):Pt(r))}`}function Pt(t){switch(t.type){case"space":case"def":return b;case"heading":return Ms(t,[]);case"code":return qi(t);case"blockquote":return d`<blockquote>${(t.tokens??[]).map(Pt)}</blockquote>`;case"list":return Zi(t);case"table":return Wi(t);case"hr":return d`<hr />`;case"paragraph":return d`<p>${Y(t)}</p>`;case"text":return d`${Y(t)}`;default:return d`<p>${t.raw}</p>`}}function ji(t){const e=t.filter(s=>s.type==="heading").map(s=>s.depth);return[...new Set(e)].sort()}function Ms(t,e){const s=Y(t),r=e.indexOf(t.depth);return r===0?d`<h2>${s}</h2>`:r===1?d`<h3>${s}</h3>`:r<0?d`<p><strong>${s}</strong></p>`:d`<h4>${s}</h4>`}function qi(t){return d`<keyswitch-code .code=${t.text} .language=${t.lang??""}></keyswitch-code>`}function Zi(t){const e=t.items.map(Ki);return t.ordered?d`<ol start=${Number(t.start)||1}>
        ${e}
      </ol>`:d`<ul>
        ${e}
      </ul>`}function Ki(t){const e=t.task?t.checked?"☑ ":"☐ ":"";return d`<li>${e}${t.tokens.filter(s=>s.type!=="checkbox").map(Pt)}</li>`}function Wi(t){return d`<div class="scrolls" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${t.header.map(e=>d`<th scope="col">${e.tokens.map(ct)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${t.rows.map(e=>d`<tr>
              ${e.map(s=>d`<td>${s.tokens.map(ct)}</td>`)}
            </tr>`)}
      </tbody>
    </table>
  </div>`}function Y(t){const e="tokens"in t?t.tokens:void 0;return e?e.map(ct):[Os(t)]}function ct(t){switch(t.type){case"strong":return d`<strong>${Y(t)}</strong>`;case"em":return d`<em>${Y(t)}</em>`;case"del":return d`<del>${Y(t)}</del>`;case"codespan":return d`<code>${t.text}</code>`;case"br":return d`<br />`;case"link":return ls(t.href,d`${Y(t)}`);case"image":return ls(t.href,t.text||"picture");case"text":case"escape":return"tokens"in t&&t.tokens?d`${Y(t)}`:Os(t);case"checkbox":return b;default:return t.raw}}function Os(t){return"text"in t&&typeof t.text=="string"?t.text:t.raw}function ls(t,e){const s=Fi(t);return s===null?d`${e}`:d`<a href=${s} target="_blank" rel="noopener noreferrer nofollow">${e}</a>`}function Fi(t){try{const e=new URL(t);return["https:","http:","mailto:"].includes(e.protocol)?e.href:null}catch{return null}}var Qi=Object.defineProperty,Vi=Object.getOwnPropertyDescriptor,Ds=(t,e,s,r)=>{for(var i=r>1?void 0:r?Vi(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&Qi(e,s,i),i};let Ye=class extends D{render(){const{entry:t}=this;return t.role==="user"?d`<div class="user content"><span class="visually-hidden">You: </span>${t.content}</div>`:this.assistant(t)}assistant(t){return d`<div class=${t.state}>
      <span class="visually-hidden">Answer: </span>
      ${t.content===""&&(t.state==="waiting"||t.state==="reconnecting")?d`<span class="dots" role="img" aria-label="Waiting for the answer"><i></i><i></i><i></i></span>`:d`<div class="content">${Hi(t.content)}</div>`}
      ${t.state==="waiting"||t.state==="streaming"?b:this.footer(t)}
    </div>`}footer(t){return d`<footer>
      ${t.content?d`<button class="icon-button" type="button" aria-label="Copy the answer" @click=${this.copy}>
              ${E.copy}
            </button>`:b}
      ${t.servedBy?d`<span class="served">${Yi(t.servedBy)}</span>`:b}
      ${t.problem?d`<span class="problem">${t.problem}</span>`:b}
      ${t.retry?d`<button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("retry"))}>
              ${E.retry} Try again
            </button>`:b}
    </footer>`}copy(){navigator.clipboard.writeText(this.entry.content)}};Ye.styles=[J,K`
      :host {
        display: block;
        margin: 0 0 1.25rem;
      }

      .content {
        overflow-wrap: anywhere;
      }

      .user {
        width: fit-content;
        max-width: 85%;
        margin-left: auto;
        padding: 0.6rem 1rem;
        border-radius: var(--radius);
        border-bottom-right-radius: 4px;
        background: var(--surface);
        white-space: pre-wrap;
      }

      .content > :first-child {
        margin-top: 0;
      }

      .content > :last-child {
        margin-bottom: 0;
      }

      p,
      ul,
      ol,
      blockquote {
        margin: 0.6rem 0;
      }

      ul,
      ol {
        padding-left: 1.5rem;
      }

      li > p {
        margin: 0.2rem 0;
      }

      h2,
      h3,
      h4 {
        margin: 1.1rem 0 0.4rem;
        font-size: 1.05em;
        line-height: 1.3;
      }

      h2 {
        font-size: 1.2em;
      }

      a {
        color: var(--accent);
      }

      blockquote {
        margin-inline: 0;
        padding-left: 0.9rem;
        border-left: 3px solid var(--border);
        color: var(--muted);
      }

      hr {
        border: 0;
        border-top: 1px solid var(--border);
      }

      code {
        padding: 0.1em 0.35em;
        border-radius: 6px;
        background: var(--surface);
        font:
          0.9em ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
      }

      .scrolls {
        overflow-x: auto;
      }

      table {
        border-collapse: collapse;
        font-size: 0.95em;
      }

      th,
      td {
        padding: 0.35rem 0.7rem;
        border: 1px solid var(--border);
        text-align: left;
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.15rem 0.6rem;
        min-height: 2rem;
        margin-top: 0.25rem;
        color: var(--muted);
        font-size: 0.8rem;
      }

      footer .icon-button {
        width: 2rem;
        height: 2rem;
        margin-left: -0.4rem;
      }

      footer .icon-button svg {
        width: 1rem;
        height: 1rem;
      }

      .problem {
        color: var(--danger);
      }

      .failed .problem {
        font-size: 1rem;
      }

      .dots {
        display: inline-flex;
        gap: 0.3rem;
        padding: 0.5rem 0;
      }

      .dots i {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--muted);
        animation: breathe 1.2s ease-in-out infinite;
      }

      .dots i:nth-child(2) {
        animation-delay: 0.2s;
      }

      .dots i:nth-child(3) {
        animation-delay: 0.4s;
      }

      @keyframes breathe {
        50% {
          opacity: 0.25;
          transform: translateY(-2px);
        }
      }
    `];Ds([A({attribute:!1})],Ye.prototype,"entry",2);Ye=Ds([X("keyswitch-message")],Ye);function Yi(t){return t.provider==="keyswitch"?"Keyswitch":`${t.provider} · ${t.modelId} · ${t.keySource==="own"?"your own key":"the default key"}`}var Gi=Object.defineProperty,Xi=Object.getOwnPropertyDescriptor,Ae=(t,e,s,r)=>{for(var i=r>1?void 0:r?Xi(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&Gi(e,s,i),i};class Ji extends Event{constructor(e){super("choose"),this.threadId=e}}let G=class extends D{constructor(){super(...arguments),this.current="",this.threads=null,this.next=null,this.doomed=null}async refresh(){const t=await this.client.call("listThreads").catch(()=>null);t?this.show(t.threads,t):this.threads??=[]}firstUpdated(){this.refresh()}render(){return d`
      <button class="button" type="button" @click=${()=>this.choose(null)}>${E.add} New chat</button>
      ${this.threads===null?d`<div role="status" aria-label="Loading your chats">
              ${[80,60,70].map(()=>d`<div class="skeleton"></div>`)}
            </div>`:d`<ul aria-label="Your chats">
              ${kt(this.threads,t=>t.threadId,t=>this.row(t))}
              ${this.next?d`<li><button class="button more" type="button" @click=${this.more}>Older chats</button></li>`:b}
            </ul>`}
    `}row(t){const e=t.threadId===this.current;return t.threadId===this.doomed?this.confirm(t):d`<li class=${e?"current":""}>
      <button
        class="open"
        type="button"
        title=${t.title}
        aria-current=${e?"true":"false"}
        @click=${()=>this.choose(t.threadId)}
      >
        ${t.title}
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label=${"Delete “"+t.title+"”"}
        @click=${()=>this.doomed=t.threadId}
      >
        ${E.remove}
      </button>
    </li>`}confirm(t){return d`<li>
      <div class="sure" role="alertdialog" aria-label="Delete this chat?">
        Delete this chat for good?
        <button class="button danger" type="button" @click=${()=>this.delete(t)}>Delete</button>
        <button class="button" type="button" @click=${()=>this.doomed=null}>Keep</button>
      </div>
    </li>`}choose(t){this.dispatchEvent(new Ji(t))}async delete(t){this.doomed=null;try{await this.client.call("deleteThread",{threadId:t.threadId}),t.threadId===this.current&&this.choose(null)}finally{await this.refresh()}}async more(){const t=await this.client.call("listThreads",{pageToken:this.next}).catch(()=>null);t&&this.show([...this.threads??[],...t.threads],t)}show(t,e){this.threads=t,this.next=e.nextPageToken??null}};G.styles=[J,K`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        padding: 0.75rem;
      }

      .button {
        justify-content: center;
        margin-bottom: 0.75rem;
      }

      ul {
        flex: 1;
        margin: 0;
        padding: 3px;
        overflow-y: auto;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        border-radius: 10px;
      }

      li:hover,
      li.current {
        background: color-mix(in srgb, var(--text) 7%, transparent);
      }

      .open {
        flex: 1;
        min-width: 0;
        padding: 0.5rem 0.7rem;
        border: 0;
        background: transparent;
        text-align: left;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .current .open {
        font-weight: 600;
      }

      .icon-button {
        width: 2.25rem;
        height: 2.25rem;
        opacity: 0;
      }

      li:hover .icon-button,
      li:focus-within .icon-button {
        opacity: 1;
      }

      @media (hover: none) {
        .icon-button {
          opacity: 1;
        }
      }

      .sure {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem;
        padding: 0.5rem 0.7rem;
        font-size: 0.9rem;
      }

      .sure .button {
        min-height: 2rem;
        margin: 0;
      }

      .skeleton {
        height: 1.1rem;
        margin: 0.8rem 0.7rem;
      }

      .more {
        width: 100%;
      }
    `];Ae([A({attribute:!1})],G.prototype,"client",2);Ae([A()],G.prototype,"current",2);Ae([w()],G.prototype,"threads",2);Ae([w()],G.prototype,"next",2);Ae([w()],G.prototype,"doomed",2);G=Ae([X("keyswitch-threads")],G);var en=Object.defineProperty,tn=Object.getOwnPropertyDescriptor,U=(t,e,s,r)=>{for(var i=r>1?void 0:r?tn(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&en(e,s,i),i};const Ls="keyswitch-thread-changed",Ns="keyswitch-open-settings",sn=["I want to change my model","Which model am I using?","Plan a weekend in Lisbon, as a table","Explain recursion with a short piece of code"],rn=80;let C=class extends Je{constructor(){super(...arguments),this.threadId="",this.singleThread=!1,this.defaultModel="",this.providers=[],this.threadsOpen=!1,this.atEnd=!0,this.conversation=new Ir(this,()=>this.client,()=>{this.reloadConfig(),this.tellConfigChanged()})}load(){this.reloadConfig(),this.client.call("listProviders").then(t=>this.providers=t.providers).catch(()=>{}),this.threadId?this.conversation.open(this.threadId):this.conversation.startNew()}async reloadConfig(){const t=await this.client.call("getUserModelConfig").catch(()=>{});t!==void 0&&(this.config=t)}willUpdate(t){t.has("threadId")&&this.threadId!==""&&this.threadId!==this.conversation.threadId&&this.getToken&&!t.has("getToken")&&this.conversation.open(this.threadId)}firstUpdated(){this.log.addEventListener("scroll",()=>{this.atEnd=this.log.scrollHeight-this.log.scrollTop-this.log.clientHeight<rn});const t=new ResizeObserver(()=>this.atEnd&&this.scrollToEnd());t.observe(this.log),t.observe(this.column)}scrollToEnd(){this.log.scrollTop=this.log.scrollHeight}render(){const{conversation:t}=this;return d`<div class=${`layout ${this.threadsOpen?"open-threads":""} ${this.singleThread?"alone":""}`}>
      ${this.singleThread||!this.getToken?b:this.threadList()}
      <section class="chat" aria-label="Chat">
        <header>
          ${this.singleThread?b:d`<button
                  class="icon-button menu"
                  type="button"
                  aria-label="Your chats"
                  aria-expanded=${this.threadsOpen?"true":"false"}
                  @click=${()=>this.threadsOpen=!this.threadsOpen}
                >
                  ${E.menu}
                </button>`}
          <button class="button model" type="button" @click=${this.openSettings}>
            <span class="visually-hidden">Your model: </span><span>${this.modelName()}</span>
          </button>
        </header>
        <div class="log">
          <div
            class="column ${t.entries.length===0?"empty":""}"
            role="log"
            aria-label="Conversation"
            aria-busy=${t.busy?"true":"false"}
          >
            ${this.messages()}
          </div>
        </div>
        <div class="column bottom">
          <keyswitch-composer
            .flow=${t.flow}
            .busy=${t.busy}
            .keyPrefixes=${this.keyPrefixes()}
            @say=${this.say}
            @stop=${()=>t.stop()}
          ></keyswitch-composer>
          <p class="fine muted">Models make mistakes. Your API keys are never shown to them.</p>
        </div>
      </section>
    </div>`}threadList(){return d`<keyswitch-threads
        .client=${this.client}
        .current=${this.conversation.threadId}
        @choose=${this.choose}
        @keydown=${t=>t.key==="Escape"&&(this.threadsOpen=!1)}
      ></keyswitch-threads>
      <button
        class="shade"
        type="button"
        aria-label="Close the list"
        @click=${()=>this.threadsOpen=!1}
      ></button>`}messages(){const{conversation:t}=this;return t.loading?d`<div role="status" aria-label="Loading the conversation">
        ${t.problem?d`<p class="notice muted">${t.problem}</p>`:[90,70,80,40].map(()=>d`<div class="skeleton"></div>`)}
      </div>`:t.entries.length===0?this.emptyState():d`
      ${t.earlier?d`<button class="button earlier" type="button" @click=${this.loadEarlier}>Earlier messages</button>`:b}
      ${kt(t.entries,e=>e.key,e=>d`<keyswitch-message .entry=${e} @retry=${()=>t.again()}></keyswitch-message>`)}
    `}emptyState(){return d`<div>
      <h2>What would you like to talk about?</h2>
      <p class="muted">
        ${this.conversation.problem??"Any model you like answers here, with the default key or your own. Change it at any time, by saying so."}
      </p>
      <div class="try">
        ${sn.map(t=>d`<button type="button" @click=${()=>this.send({text:t,secret:!1})}>${t}</button>`)}
      </div>
    </div>`}modelName(){if(this.config===void 0)return"…";if(this.config===null)return this.defaultModel?`${this.defaultModel} · default key`:"Choose a model";const t=this.config.keySource==="own"?`your key ••••${this.config.keyHint??""}`:"default key";return`${this.config.displayName} · ${this.config.modelId} · ${t}`}keyPrefixes(){return this.providers.flatMap(t=>t.keyPrefixHint??[])}say(t){this.send(t.words)}async send(t){this.atEnd=!0;const e=this.conversation.entries.length===0,s=this.conversation.say(t);e&&this.tellThread(this.conversation.threadId),this.composer.focus(),await s,await this.threads?.refresh()}choose(t){this.threadsOpen=!1,this.atEnd=!0,this.tellThread(t.threadId),t.threadId===null?this.conversation.startNew():this.conversation.open(t.threadId),this.composer.focus()}tellThread(t){this.threadId=t??"",this.dispatchEvent(new CustomEvent(Ls,{bubbles:!0,composed:!0,detail:{threadId:t}}))}async loadEarlier(){const t=this.log.scrollHeight-this.log.scrollTop;await this.conversation.loadEarlier(),await this.updateComplete,this.log.scrollTop=this.log.scrollHeight-t}openSettings(){this.dispatchEvent(new CustomEvent(Ns,{bubbles:!0,composed:!0}))}};C.styles=[J,K`
      :host {
        display: block;
        position: relative;
        container: chat / inline-size;
        height: 100%;
        min-height: 20rem;
        overflow: hidden;
        background: var(--background);
      }

      .layout {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        grid-template-rows: minmax(0, 1fr);
        height: 100%;
      }

      .layout.alone {
        grid-template-columns: minmax(0, 1fr);
      }

      keyswitch-threads {
        width: 17rem;
        border-right: 1px solid var(--border);
        background: var(--surface);
      }

      .chat {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }

      header {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 3.25rem;
        padding: 0.35rem 0.75rem;
      }

      .model {
        min-width: 0;
        max-width: 100%;
        margin-inline: auto;
        font-size: 0.875rem;
      }

      .model span {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .log {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
      }

      .column {
        width: 100%;
        max-width: 48rem;
        margin-inline: auto;
        padding-inline: 1rem;
      }

      /* Far messages cost nothing until they are scrolled to. */
      keyswitch-message {
        content-visibility: auto;
        contain-intrinsic-size: auto 6rem;
      }

      .empty {
        display: grid;
        align-content: center;
        min-height: 100%;
        padding-block: 2rem;
        text-align: center;
      }

      .empty h2 {
        margin: 0 0 0.4rem;
        font-size: clamp(1.4rem, 4vw, 1.9rem);
        line-height: 1.25;
        text-wrap: balance;
      }

      .empty p {
        margin: 0 auto 1.5rem;
        max-width: 34rem;
        text-wrap: balance;
      }

      .try {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr));
        gap: 0.6rem;
      }

      .try button {
        padding: 0.8rem 1rem;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--background);
        text-align: left;
      }

      .try button:hover {
        border-color: var(--accent);
      }

      .skeleton {
        height: 1.1rem;
        margin: 0 0 0.8rem;
      }

      .earlier {
        display: block;
        margin: 0.5rem auto 1rem;
      }

      .notice {
        padding: 1rem 0;
        text-align: center;
      }

      .bottom {
        padding-block: 0.5rem 0.75rem;
      }

      .fine {
        margin: 0.5rem 0 0;
        font-size: 0.75rem;
        text-align: center;
      }

      .menu {
        display: none;
      }

      .shade {
        display: none;
      }

      @container chat (max-width: 800px) {
        .layout {
          grid-template-columns: minmax(0, 1fr);
        }

        keyswitch-threads {
          position: absolute;
          z-index: 2;
          inset: 0 auto 0 0;
          width: min(20rem, 85%);
          visibility: hidden;
          transform: translateX(-100%);
          transition:
            transform 0.2s,
            visibility 0.2s;
        }

        .open-threads keyswitch-threads {
          visibility: visible;
          transform: none;
          box-shadow: 0 0 40px rgb(0 0 0 / 0.3);
        }

        .open-threads .shade {
          display: block;
          position: absolute;
          z-index: 1;
          inset: 0;
          border: 0;
          border-radius: 0;
          background: rgb(0 0 0 / 0.35);
        }

        .menu {
          display: inline-grid;
        }
      }
    `];U([A({attribute:"thread-id"})],C.prototype,"threadId",2);U([A({type:Boolean,attribute:"single-thread"})],C.prototype,"singleThread",2);U([A({attribute:"default-model"})],C.prototype,"defaultModel",2);U([w()],C.prototype,"config",2);U([w()],C.prototype,"providers",2);U([w()],C.prototype,"threadsOpen",2);U([B(".log")],C.prototype,"log",2);U([B(".log > .column")],C.prototype,"column",2);U([B("keyswitch-composer")],C.prototype,"composer",2);U([B("keyswitch-threads")],C.prototype,"threads",2);C=U([X("keyswitch-chat")],C);var nn=Object.defineProperty,on=Object.getOwnPropertyDescriptor,W=(t,e,s,r)=>{for(var i=r>1?void 0:r?on(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&nn(e,s,i),i};const an=50,ln=new Intl.NumberFormat(void 0,{notation:"compact"});let L=class extends D{constructor(){super(...arguments),this.value="",this.placeholder="",this.models=[],this.note="",this.loading=!1,this.open=!1,this.active=-1}focus(){this.input.focus()}updated(t){t.has("active")&&this.active>=0&&this.renderRoot.querySelector("[aria-selected=true]")?.scrollIntoView({block:"nearest"})}render(){const t=this.suggested(),e=this.open&&t.length>0;return d`<label for="model">Model</label>
      <input
        id="model"
        class="field"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="128"
        placeholder=${this.placeholder?"For example "+this.placeholder:""}
        aria-autocomplete="list"
        aria-expanded=${e?"true":"false"}
        aria-controls="models"
        aria-activedescendant=${e&&this.active>=0?"model-"+this.active:""}
        aria-describedby="note"
        .value=${this.value}
        @input=${this.typed}
        @focus=${()=>this.open=!0}
        @click=${()=>this.open=!0}
        @blur=${()=>this.open=!1}
        @keydown=${this.pressed}
      />
      <ul id="models" role="listbox" aria-label="Suggestions" ?hidden=${!e}>
        ${t.map((s,r)=>d`<li
              id=${"model-"+r}
              role="option"
              aria-selected=${r===this.active?"true":"false"}
              @mousedown=${i=>i.preventDefault()}
              @click=${()=>this.choose(s)}
            >
              ${s.id}${cn(s)}
            </li>`)}
      </ul>
      <p id="note" class="muted" role="status">${this.loading?"Looking up the models …":this.note}</p>`}suggested(){const t=this.value.trim().toLowerCase(),e=this.models.filter(n=>n.id.toLowerCase().includes(t)||n.displayName?.toLowerCase().includes(t)),s=e.filter(n=>n.id.toLowerCase().startsWith(t)),r=e.filter(n=>!n.id.toLowerCase().startsWith(t)),i=[...s,...r].slice(0,an);return i.length===1&&i[0]?.id===this.value?[]:i}typed(){this.value=this.input.value,this.open=!0,this.active=-1,this.tell()}pressed(t){const e=this.suggested(),s=e[this.active];if(t.key==="ArrowDown"||t.key==="ArrowUp"){t.preventDefault(),this.open||(this.open=!0);const r=t.key==="ArrowDown"?1:-1;this.active=e.length===0?-1:(this.active+r+e.length+(this.active<0&&r<0?1:0))%e.length}else t.key==="Enter"&&this.open&&s?(t.preventDefault(),this.choose(s)):t.key==="Enter"?this.dispatchEvent(new Event("enter")):t.key==="Escape"&&this.open&&(t.preventDefault(),this.open=!1,this.active=-1)}choose(t){this.value=t.id,this.open=!1,this.active=-1,this.tell()}tell(){this.dispatchEvent(new Event("input",{bubbles:!0}))}};L.styles=[J,K`
      :host {
        display: block;
        position: relative;
      }

      label {
        display: block;
        margin-bottom: 0.3rem;
        font-weight: 600;
      }

      ul {
        position: absolute;
        z-index: 3;
        inset-inline: 0;
        max-height: 17rem;
        margin: 4px 0 0;
        padding: 0.3rem;
        overflow-y: auto;
        border: 1px solid var(--border);
        border-radius: 10px;
        background: var(--background);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.16);
        list-style: none;
      }

      li {
        padding: 0.45rem 0.6rem;
        border-radius: 7px;
        cursor: pointer;
        overflow-wrap: anywhere;
      }

      li[aria-selected='true'],
      li:hover {
        background: var(--surface);
        box-shadow: inset 2px 0 var(--accent);
      }

      li span {
        display: block;
        font-size: 0.8rem;
      }

      p {
        margin: 0.3rem 0 0;
        font-size: 0.85rem;
      }
    `];W([A()],L.prototype,"value",2);W([A()],L.prototype,"placeholder",2);W([A({attribute:!1})],L.prototype,"models",2);W([A()],L.prototype,"note",2);W([A({type:Boolean})],L.prototype,"loading",2);W([w()],L.prototype,"open",2);W([w()],L.prototype,"active",2);W([B("input")],L.prototype,"input",2);L=W([X("keyswitch-model-field")],L);function cn(t){const e=t.displayName&&t.displayName!==t.id?t.displayName:"",s=t.contextWindow?`${ln.format(t.contextWindow)} tokens`:"",r=[e,s].filter(i=>i!=="");return r.length>0?d`<span class="muted">${r.join(" · ")}</span>`:b}var hn=Object.defineProperty,un=Object.getOwnPropertyDescriptor,F=(t,e,s,r)=>{for(var i=r>1?void 0:r?un(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&hn(e,s,i),i};let N=class extends D{constructor(){super(...arguments),this.tokens=null,this.made=null,this.copied=!1,this.problem="",this.busy=!1,this.doomed=null}firstUpdated(){this.refresh()}async refresh(){const t=await this.client.call("listPersonalTokens").catch(()=>null);this.tokens=t?.tokens??this.tokens??[]}render(){return d`
      <form @submit=${this.create}>
        <label class="visually-hidden" for="name">Name of the token</label>
        <input id="name" class="field" maxlength="100" required placeholder="What is it for? For example: my editor" />
        <button class="button" type="submit" ?disabled=${this.busy}>${E.add} Create token</button>
      </form>
      <div role="status">${this.made?this.madeNow(this.made):b}</div>
      ${this.problem?d`<p class="problem" role="alert">${this.problem}</p>`:b}
      ${this.tokens&&this.tokens.length>0?d`<ul aria-label="Your tokens">
              ${this.tokens.map(t=>this.row(t))}
            </ul>`:b}
    `}madeNow(t){return d`<div class="new">
      <p>Copy the token now: <strong>it is not shown again.</strong></p>
      <div>
        <code>${t.token}</code>
        <button class="button" type="button" @click=${()=>this.copy(t)}>
          ${this.copied?E.check:E.copy} ${this.copied?"Copied":"Copy"}
        </button>
        <button class="button" type="button" @click=${()=>this.made=null}>Done</button>
      </div>
    </div>`}row(t){return d`<li>
      <span class="name">${t.name}</span>
      <span class="muted">${new Date(t.createdAt).toLocaleDateString()}</span>
      ${this.doomed===t.id?d`<button class="button danger" type="button" @click=${()=>this.revoke(t)}>Revoke for good</button>
              <button class="button" type="button" @click=${()=>this.doomed=null}>Keep</button>`:d`<button
              class="button"
              type="button"
              aria-label=${"Revoke "+t.name}
              @click=${()=>this.doomed=t.id}
            >
              Revoke
            </button>`}
    </li>`}async create(t){t.preventDefault(),await this.attempt(async()=>{this.made=await this.client.call("createPersonalToken",{name:this.input.value}),this.copied=!1,this.input.value=""})}async copy(t){await navigator.clipboard.writeText(t.token),this.copied=!0}async revoke(t){await this.attempt(async()=>{await this.client.call("revokePersonalToken",{id:t.id}),this.made?.id===t.id&&(this.made=null),this.doomed=null})}async attempt(t){this.busy=!0,this.problem="";try{await t(),await this.refresh()}catch(e){this.problem=oe(e)}finally{this.busy=!1}}};N.styles=[J,K`
      :host {
        display: block;
      }

      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      form .field {
        flex: 1 1 14rem;
        width: auto;
      }

      ul {
        margin: 1rem 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3rem 0.8rem;
        padding: 0.5rem 0;
        border-top: 1px solid var(--border);
      }

      .name {
        flex: 1 1 12rem;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .new {
        margin-top: 1rem;
        padding: 0.9rem 1rem;
        border: 1px solid var(--good);
        border-radius: var(--radius);
      }

      .new p {
        margin: 0 0 0.6rem;
      }

      .new div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
      }

      code {
        flex: 1 1 16rem;
        padding: 0.4rem 0.6rem;
        border-radius: 8px;
        background: var(--surface);
        font:
          0.85rem ui-monospace,
          'SF Mono',
          Menlo,
          Consolas,
          monospace;
        overflow-wrap: anywhere;
      }

      .problem {
        color: var(--danger);
      }
    `];F([A({attribute:!1})],N.prototype,"client",2);F([w()],N.prototype,"tokens",2);F([w()],N.prototype,"made",2);F([w()],N.prototype,"copied",2);F([w()],N.prototype,"problem",2);F([w()],N.prototype,"busy",2);F([w()],N.prototype,"doomed",2);F([B("input")],N.prototype,"input",2);N=F([X("keyswitch-tokens")],N);var dn=Object.defineProperty,pn=Object.getOwnPropertyDescriptor,T=(t,e,s,r)=>{for(var i=r>1?void 0:r?pn(e,s):e,n=t.length-1,o;n>=0;n--)(o=t[n])&&(i=(r?o(e,s,i):o(i))||i);return r&&i&&dn(e,s,i),i};const fn=8,gn=3e3;let _=class extends Je{constructor(){super(...arguments),this.defaultModel="",this.providers=null,this.config=null,this.unreachable=!1,this.chosen=null,this.source="own",this.model="",this.key="",this.accountId="",this.list=null,this.listNote="",this.listing=!1,this.checking=!1,this.verdict=null,this.sure=!1,this.asked=0}async load(){try{const[t,e]=await Promise.all([this.client.call("listProviders"),this.client.call("getUserModelConfig")]);this.providers=t.providers,this.config=e,this.unreachable=!1;const s=t.providers.find(r=>r.id===e?.provider);s&&this.choose(s)}catch(t){this.verdict={kind:"bad",text:oe(t)},this.unreachable=!0,t instanceof we||setTimeout(()=>this.isConnected&&void this.load(),gn)}}async reloadConfig(){this.config=await this.client.call("getUserModelConfig").catch(()=>this.config);const t=this.providers?.find(e=>e.id===this.config?.provider);t&&this.key===""&&this.choose(t)}render(){return this.providers===null?this.loading():d`
      ${this.current()}
      <h2>Change it</h2>
      ${this.cards(this.providers)} ${this.chosen?this.form(this.chosen):this.shownVerdict()}
      <h2>Personal tokens</h2>
      <p class="muted">
        For programs that speak OpenAI’s protocol: they send the token in place of an API key, and your model answers.
      </p>
      <keyswitch-tokens .client=${this.client}></keyswitch-tokens>
    `}loading(){return d`<div role="status" aria-label="Loading the settings">
      ${this.unreachable?this.shownVerdict():b}
      <div class="skeleton"></div>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`}current(){const{config:t}=this;return d`<section class="current" aria-label="Your model now">
      <dl>
        <dt>Your messages go to</dt>
        <dd class="name">
          ${t?`${t.displayName} · ${t.modelId}`:this.defaultModel||"The default model"}
        </dd>
        <dd>${cs(t)}</dd>
      </dl>
      ${t?this.endings(t):b}
    </section>`}endings(t){const e=t.keySource==="own";return this.sure?d`<div class="actions" role="alertdialog" aria-label="Are you sure?">
      <span>${e?"The key will be deleted, and the default model answers.":"The default model will answer."}</span>
      <button class="button ${e?"danger":"primary"}" type="button" @click=${this.backToDefault}>
        ${e?"Delete key, back to default":"Back to default"}
      </button>
      <button class="button" type="button" @click=${()=>this.sure=!1}>Keep</button>
    </div>`:d`<div class="actions">
        <button class="button ${e?"danger":""}" type="button" @click=${()=>this.sure=!0}>
          ${e?"Delete key":"Back to default"}
        </button>
      </div>`}cards(t){return d`<fieldset>
      <legend>Provider</legend>
      <div class="cards">
        ${kt(t,e=>e.id,e=>d`<label class="card">
              <input
                type="radio"
                name="provider"
                .checked=${e.id===this.chosen?.id}
                @change=${()=>this.choose(e)}
              />
              <strong>${e.displayName}</strong>
              <span>${e.projectKey?"Default key or your own":"Your own key"}</span>
            </label>`)}
      </div>
    </fieldset>`}form(t){const e=this.source==="own";return d`<form autocomplete="off" novalidate @submit=${this.save}>
      ${t.projectKey?this.sources():b} ${e&&t.accountId?this.account(t):b}
      ${e?this.keyField(t):b}
      <keyswitch-model-field
        .value=${this.model}
        .placeholder=${t.defaultModelId}
        .models=${this.list?.models??[]}
        .note=${this.listNote}
        .loading=${this.listing}
        @input=${()=>this.model=this.modelField?.value??""}
        @enter=${()=>this.formElement?.requestSubmit()}
      ></keyswitch-model-field>
      <div class="actions">
        <button class="button primary" type="submit" ?disabled=${this.checking}>
          ${this.checking?"Checking …":e&&!this.keepsKey(t)?"Check and save":"Save"}
        </button>
      </div>
      ${this.shownVerdict()}
    </form>`}sources(){const t=(e,s,r)=>d`<label class="card">
        <input
          type="radio"
          name="source"
          .checked=${this.source===e}
          @change=${()=>{this.source=e,this.suggest()}}
        />
        <strong>${s}</strong>
        <span>${r}</span>
      </label>`;return d`<fieldset>
      <legend>Who pays</legend>
      <div class="cards sources">
        ${t("project","Default key","The app pays, with a daily allowance")}
        ${t("own","Your own key","You pay your provider, without an allowance")}
      </div>
    </fieldset>`}account(t){const e=t.accountId;return d`<div>
      <label for="account">${e?.label}</label>
      <input
        id="account"
        class="field"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="account-help"
        .value=${this.accountId}
        @input=${s=>this.accountId=s.target.value.trim()}
        @change=${()=>this.suggest()}
      />
      <p class="help muted" id="account-help">${e?.help}</p>
    </div>`}keyField(t){const e=this.storedHint(t);return d`<div>
      <label for="key">API key</label>
      <input
        id="key"
        class="field"
        type="password"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="key-help"
        placeholder=${e?`Stored: ••••${e}. Leave empty to keep it`:t.keyPrefixHint?`Begins with ${t.keyPrefixHint}`:"Paste your key"}
        @input=${s=>this.key=s.target.value}
        @change=${()=>this.suggest()}
      />
      <p class="help muted" id="key-help">
        Stored encrypted, sent to ${t.displayName} alone, and never shown again.
        ${t.keyHelpUrl?.startsWith("https://")?d`<a href=${t.keyHelpUrl} target="_blank" rel="noopener noreferrer"
                >Get a key ${E.outside}</a
              >`:b}
      </p>
    </div>`}shownVerdict(){const{verdict:t}=this;return d`<div role="status" aria-live="polite">
      ${t?d`<p class="verdict ${t.kind}">
              ${t.kind==="bad"?E.close:E.check}<span>${t.text}</span>
            </p>`:b}
    </div>`}storedHint(t){const{config:e}=this;return e?.provider===t.id&&e.keySource==="own"?e.keyHint??"":""}keepsKey(t){return this.key===""&&this.storedHint(t)!==""}choose(t){const e=this.config?.provider===t.id?this.config:null;this.chosen=t,this.source=e?.keySource??(t.projectKey?"project":"own"),this.model=e?.modelId??t.defaultModelId,this.accountId=e?.accountId??"",this.clearKey(),this.verdict=null,this.suggest()}clearKey(){this.key="",this.keyInput&&(this.keyInput.value="")}async suggest(){const t=this.chosen;if(!t)return;const e=++this.asked,s=this.source==="own"&&this.key.trim().length>=fn;this.listing=!0,this.list=null,this.listNote="";try{const r=await this.client.call("listModels",{provider:t.id,...s&&{apiKey:this.key},...this.source==="own"&&this.accountId&&{accountId:this.accountId}});if(e!==this.asked)return;this.list=r,this.listNote=mn(r)}catch(r){e===this.asked&&s&&(this.listNote=oe(r))}finally{e===this.asked&&(this.listing=!1)}}async save(t){t.preventDefault();const e=this.chosen;if(!e||this.checking)return;const s=this.missing(e);if(s){this.verdict={kind:"bad",text:s};return}this.checking=!0,this.verdict=null;try{const r=await this.client.call("updateUserModelConfig",this.choice(e));this.saved(r)}catch(r){this.verdict={kind:"bad",text:oe(r)},r instanceof we&&r.reason==="invalid_key"&&this.keyInput?.focus()}finally{this.checking=!1}}missing(t){if(this.source==="own"&&t.accountId){if(!this.accountId)return`Please enter your ${t.accountId.label}.`;if(!new RegExp(t.accountId.pattern).test(this.accountId))return`This is no ${t.accountId.label}. ${t.accountId.help}`}return this.source==="own"&&this.key.trim()===""&&!this.keepsKey(t)?`Please paste your ${t.displayName} API key.`:this.model.trim().length<2?"Please choose a model, or type its id.":null}choice(t){const e={provider:t.id,modelId:this.model.trim()};return this.source==="project"?{...e,useProjectKey:!0}:{...e,...this.key.trim()&&{apiKey:this.key},...this.accountId&&{accountId:this.accountId}}}saved(t){const e=this.source==="own"&&this.accountId?{accountId:this.accountId}:{};this.config={...t,...e},this.clearKey(),this.sure=!1,this.verdict=t.warning?{kind:"warning",text:t.warning}:{kind:"good",text:`${t.displayName} answers now, with ${t.modelId}. ${cs(t)}`},this.tellConfigChanged()}async backToDefault(){try{await this.client.call("deleteUserModelConfig"),this.config=null,this.chosen=null,this.verdict={kind:"good",text:"The default model answers now. No key of yours is stored."},this.tellConfigChanged()}catch(t){this.verdict={kind:"bad",text:oe(t)}}finally{this.sure=!1}}};_.styles=[J,K`
      :host {
        display: block;
        container: settings / inline-size;
        background: var(--background);
      }

      h2 {
        margin: 2.25rem 0 0.75rem;
        font-size: 1.15rem;
      }

      .current {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.75rem 1rem;
        padding: 1.1rem 1.25rem;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        background: var(--surface);
      }

      .current dl {
        flex: 1 1 16rem;
        margin: 0;
        min-width: 0;
      }

      .current dt {
        color: var(--muted);
        font-size: 0.85rem;
      }

      .current dd {
        margin: 0;
        overflow-wrap: anywhere;
      }

      .current .name {
        font-size: 1.2rem;
        font-weight: 650;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
      }

      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 600;
      }

      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr));
        gap: 0.6rem;
      }

      .card {
        position: relative;
        display: block;
        padding: 0.75rem 0.9rem;
        border: 1px solid var(--border);
        border-radius: var(--radius);
        cursor: pointer;
        overflow-wrap: anywhere;
        transition: border-color 0.15s;
      }

      .card:hover {
        border-color: var(--accent);
      }

      .card:has(:checked) {
        border-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 8%, var(--background));
        box-shadow: inset 0 0 0 1px var(--accent);
      }

      .card:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }

      .card input {
        position: absolute;
        opacity: 0;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        cursor: pointer;
      }

      .card strong {
        display: block;
        font-weight: 600;
      }

      .card span {
        color: var(--muted);
        font-weight: 400;
        font-size: 0.82rem;
      }

      form {
        display: grid;
        gap: 1.4rem;
        margin-top: 1.4rem;
      }

      label {
        display: block;
        margin-bottom: 0.3rem;
        font-weight: 600;
      }

      .sources {
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
      }

      .help {
        margin: 0.3rem 0 0;
        font-size: 0.85rem;
      }

      a {
        color: var(--accent);
      }

      a svg {
        width: 0.9em;
        height: 0.9em;
        vertical-align: -0.08em;
      }

      .verdict {
        display: flex;
        gap: 0.6rem;
        margin: 0;
        padding: 0.75rem 1rem;
        border: 1px solid currentColor;
        border-radius: var(--radius);
        overflow-wrap: anywhere;
      }

      .verdict svg {
        flex: none;
        margin-top: 0.15rem;
      }

      .good {
        color: var(--good);
      }

      .warning {
        color: light-dark(#7a4d00, #f3c46b);
      }

      .bad {
        color: var(--danger);
      }

      .skeleton {
        height: 4.2rem;
        margin-bottom: 0.6rem;
        border-radius: var(--radius);
      }
    `];T([A({attribute:"default-model"})],_.prototype,"defaultModel",2);T([w()],_.prototype,"providers",2);T([w()],_.prototype,"config",2);T([w()],_.prototype,"unreachable",2);T([w()],_.prototype,"chosen",2);T([w()],_.prototype,"source",2);T([w()],_.prototype,"model",2);T([w()],_.prototype,"key",2);T([w()],_.prototype,"accountId",2);T([w()],_.prototype,"list",2);T([w()],_.prototype,"listNote",2);T([w()],_.prototype,"listing",2);T([w()],_.prototype,"checking",2);T([w()],_.prototype,"verdict",2);T([w()],_.prototype,"sure",2);T([B("#key")],_.prototype,"keyInput",2);T([B("keyswitch-model-field")],_.prototype,"modelField",2);T([B("form")],_.prototype,"formElement",2);_=T([X("keyswitch-settings")],_);function cs(t){return t?.keySource==="own"?`You pay, with your own key ••••${t.keyHint??""}.`:"The app pays, with the default key."}function mn(t){if(t.source==="registry")return"Any model id can be typed.";const e=t.models.length;if(e===0)return"The provider lists no models. Any model id can be typed.";const s={given:"your key",stored:"your stored key",project:"the default key"}[t.source];return`${e} ${e===1?"model":"models"} for ${s}. Any other id can be typed, too.`}const Ze="#/chat/",ht="#/settings",ut=le("keyswitch-chat"),hs=le("keyswitch-settings"),us={chat:le("#chat"),settings:le("#settings")};function le(t){const e=document.querySelector(t);if(!e)throw new Error(t+" is missing");return e}function bn(t){const e=localStorage.getItem("keyswitch-user")??"demo-"+crypto.randomUUID();return localStorage.setItem("keyswitch-user",e),()=>{const s=Math.floor(Date.now()/1e3),r={iss:"https://securetoken.google.com/"+t,aud:t,sub:e,user_id:e,iat:s,auth_time:s,exp:s+3600,firebase:{identities:{},sign_in_provider:"anonymous"}};return[{alg:"none",typ:"JWT"},r].map(kn).join(".")+"."}}function kn(t){return btoa(JSON.stringify(t)).replaceAll("+","-").replaceAll("/","_").replaceAll("=","")}function Ct(){const t=location.hash===ht;us.chat.hidden=t,us.settings.hidden=!t;for(const e of document.querySelectorAll("nav a")){const s=e.getAttribute("href")===(t?ht:Ze);e.toggleAttribute("aria-current",s)}location.hash.startsWith(Ze)&&(ut.threadId=decodeURIComponent(location.hash.slice(Ze.length))),document.title=t?"Settings · Keyswitch":"Keyswitch"}async function yn(){const t=await(await fetch("page.json")).json();if(t.signIn!=="emulator"){le("#elsewhere").hidden=!1;return}le("main").hidden=!1,le("nav").hidden=!1,Ct(),ut.defaultModel=t.defaultModel??"",hs.defaultModel=t.defaultModel??"";const e=bn(t.projectId);ut.getToken=e,hs.getToken=e}addEventListener("hashchange",Ct);addEventListener(Ns,()=>location.hash=ht);addEventListener(Ls,t=>{const{threadId:e}=t.detail;history.pushState(null,"",Ze+encodeURIComponent(e??"")),Ct()});await yn();
