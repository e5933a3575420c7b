// What customers ask for in their pages and in the chat, as people read it. A test knows when one is missing.

export const asked = {
  look_up_parcels: '查快件', show_parcel: '看快件详情', list_parcels: '我的快件', share_parcel: '分享快件', unshare_parcel: '取消分享快件', open_shared_parcel: '看朋友分享的快件', answer_lateness: '答复晚到提醒',
  show_delivery: '看能怎么改派', direct_parcel: '更改派送', undo_direction: '撤回改派', intercept_parcel: '拦截退回', correct_parties: '更正收件信息',
  make_quote: '查价格', list_products: '看产品', find_product: '看产品详情', list_slots: '查取件时段',
  place_order: '下单', place_order_for_many: '一次寄多件', prefill_order: '再寄一单', list_orders: '我的订单', show_order: '看订单', change_order: '修改订单', reschedule_order: '改取件时间', cancel_order: '取消订单', keep_cell: '再留一个格口',
  check_goods: '查能不能寄', advise_packing: '问怎么包装', parse_address: '识别地址', parse_addresses: '批量识别地址', parse_address_file: '识别表格里的地址',
  list_addresses: '看地址簿', show_address: '看一个地址', keep_address: '存地址', change_address: '改地址', delete_address: '删地址', restore_address: '找回地址', share_address: '分享地址', unshare_address: '取消分享地址', take_address: '收下朋友的地址',
  find_nearest: '找附近网点或快递柜', find_outlets: '查网点', service_area_of: '查服务范围', list_notices: '看公告',
  list_codes: '看取件码', keep_codes: '存取件码', mark_code_fetched: '标记已取件', delete_code: '删取件码', open_cell: '开柜取件',
  show_family: '看家庭组', invite_to_family: '邀请家人', join_family: '加入家庭组', leave_family: '退出家庭组', send_family_member_away: '移出家人',
  list_organisations: '看我的单位', show_organisation: '看单位成员', invite_to_organisation: '邀请同事', accept_invite: '接受单位邀请', withdraw_invite: '撤回单位邀请', change_member_role: '改成员身份', send_member_away: '移出成员', leave_organisation: '退出单位',
  show_consents: '看放件方式', decide_consent: '选放件方式', show_notification_preferences: '看消息设置', change_notification_preferences: '改消息设置', show_subscriptions: '看订阅', report_subscriptions: '订阅消息',
  show_privacy: '隐私中心', show_access_log: '看谁看过我的信息', export_my_data: '导出我的信息', ask_correction: '提交更正', show_receipt: '看回执', close_account: '注销账号', restore_account: '撤销注销', switch_personalisation: '个性化开关',
  send_phone_code: '发送验证码', verify_phone_code: '验证码登录', sign_in_by_wechat: '微信登录', bind_phone_by_wechat: '微信绑定手机', merge_accounts: '合并账号', refuse_merge: '说明另一个账号是别人的', show_session: '确认登录状态', sign_out: '退出登录', show_app_version: '检查页面版本',
  'chat.humanowned': '聊天：人工服务中', 'chat.phonebinding': '聊天：绑定手机', 'chat.chosenanswers': '聊天：回答追问', 'chat.warningchoices': '聊天：答复晚到提醒', 'chat.sharing': '聊天：分享快件', 'chat.pushwishes': '聊天：通知设置',
  'chat.pickupcodes': '聊天：取件码', 'chat.directionwishes': '聊天：改派', 'chat.pastedaddresses': '聊天：发地址', 'chat.keywordreplies': '聊天：关键词', 'chat.orderwishes': '聊天：办订单', 'chat.consentwishes': '聊天：放件方式',
  'chat.pricequestions': '聊天：问价格', 'chat.waybillalone': '聊天：只发单号', 'chat.waybillsintext': '聊天：发单号', 'chat.scans': '聊天：扫码', 'chat.locations': '聊天：发位置', 'chat.menuclicks': '聊天：点菜单', 'chat.incidentquestions': '聊天：问公告', 'chat.parcelquestions': '聊天：问快件',
  'chat.outletquestions': '聊天：问网点', 'chat.goodsquestions': '聊天：问能不能寄', 'chat.goodsnamed': '聊天：说物品', 'chat.frequentquestions': '聊天：常见问题', 'chat.placessaid': '聊天：说地方', 'chat.othermedia': '聊天：发图片语音', 'chat.guidance': '聊天：没听懂，给引导',
};

/** The titles of the customers' pages, by their paths. */
export const pages = {
  'home/home': '首页', 'parcels/parcels': '我的包裹', 'me/me': '我的', 'track/track': '查快递', 'send/send': '寄快递', 'orders/orders': '我的订单', 'order/order': '订单详情', 'order/change': '修改订单', 'notices/notices': '服务公告',
  'preferences/preferences': '消息设置', 'codes/codes': '取件码', 'codes/family': '家庭组', 'organisations/organisations': '我的单位', 'delivery/delivery': '更改派送', 'batch/batch': '一次寄多件', 'nearby/nearby': '附近网点和快递柜',
  'consents/consents': '放件方式', 'privacy/privacy': '隐私中心', 'addresses/addresses': '地址簿', 'addresses/edit': '填写地址', 'addresses/take': '收下地址', 'products/products': '产品与价格', 'goods/goods': '能不能寄', 'sign-in/sign-in': '登录',
};
