import { launch, serve } from './harness.mjs';
import { fill } from './bench-page.mjs';
const server=await serve(); const browser = await launch({ webgpu: true });
const ctx=await browser.newContext({viewport:{width:1280,height:900},serviceWorkers:'block'}); const page=await ctx.newPage(); page.setDefaultTimeout(200000);
page.on('console',m=>console.log('console',m.type(),m.text().slice(0,200))); page.on('pageerror',e=>console.log('pageerror',String(e).slice(0,300)));
await page.goto(server.address+'/?backend=gpu');
await page.locator('[data-testid=play]:enabled').waitFor(); await fill(page,'epochs',8); await fill(page,'training-batch-size',8192); await fill(page,'training-evaluate-every',2); await fill(page,'parameter-factors',8);
await page.getByTestId('speed').getByText('A step a moment').click();
await page.getByTestId('play').click(); console.log('playing',new Date());
const stored=()=>page.evaluate(async()=>{const o=indexedDB.open('fusebox-checkpoints');await new Promise(r=>(o.onsuccess=r));const n=o.result.objectStoreNames.contains('runs')?o.result.transaction('runs').objectStore('runs').getAllKeys():null; if(n)await new Promise(r=>(n.onsuccess=r));o.result.close();return n?.result??[]});
for(let i=0;i<150;i++){ if((await stored()).length) break; await page.waitForTimeout(1000); if(i%10==0)console.log(await page.getByTestId('epoch').innerText().catch(()=>'-'), await page.locator('.training').innerText().then(s=>s.slice(0,200).replace(/\n/g,' '))) }
console.log('kept',await page.getByTestId('epoch').innerText(),new Date());
const other=await ctx.newPage(); await other.goto('chrome://gpucrash',{timeout:5000}).catch(e=>console.log('crash nav',String(e).slice(0,120)));
await other.close().catch(()=>{});
for(let i=0;i<14;i++){await page.waitForTimeout(5000); const p=await page.getByTestId('error-panel').innerText().catch(()=>null); console.log(i,await page.getByTestId('epoch').innerText().catch(()=>'-'),p?.replace(/\n/g,' | ')); if(await page.getByTestId('error-panel').count()) break;}
const go=page.getByRole('button',{name:/Go on from epoch/}); if(await go.count()){await go.click(); await page.getByTestId('speed').getByText('Full speed').click(); await page.waitForFunction(()=>/Again/.test(document.querySelector('[data-testid=play]')?.textContent??''),null,{timeout:200000}); console.log('done', await page.locator('.training').innerText().then(s=>s.slice(0,300).replace(/\n/g,' ')))}
await browser.close(); await server.close();
