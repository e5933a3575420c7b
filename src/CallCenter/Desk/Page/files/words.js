// Words and times as people read them.

export const roles = {
  admin: '管理员', supervisor: '班长', agent: '客服', operator: '运营', outlet: '网点', courier: '快递员',
};

export const actions = {
  'staff.created': '新建账号', 'staff.disabled': '停用账号', 'staff.enabled': '启用账号', 'staff.roles_changed': '修改角色',
  'staff.password_reset': '重置密码', 'staff.password_changed': '修改密码', 'staff.signed_in': '登录', 'staff.signed_out': '退出',
  'staff.sign_in_refused': '登录失败', 'notifications.requeued': '重新推送', 'events.requeued': '重新投递', 'events.dropped': '放弃投递',
  'customer.merge_undone': '撤销客户合并', 'customer.exported': '导出客户数据', 'customer.erasure_asked': '要求删除客户数据', 'customer.erased': '删除客户数据',
  'consents.chain_broken': '同意记录的证据链不完整', 'consents.anchor_broken': '同意记录与每日封存不符',
  'customer.field_corrected': '更正客户资料的一项', 'import.wanted': '立即导入客户', 'import.conflict_kept': '导入冲突：保留我方', 'import.conflict_taken': '导入冲突：采用对方',
  'customer.closure_asked': '要求注销账号', 'customer.corrected': '更正客户资料', 'customer.correction_refused': '不予更正客户资料',
  'segment.created': '新建分层或分组规则', 'segment.changed': '修改分层或分组规则', 'webhooks.retried': '重发对外消息', 'webhooks.dropped': '放弃对外消息',
  'organisation.created': '新建企业客户', 'organisation.changed': '修改企业客户', 'organisation.invited': '邀请加入企业', 'organisation.invite_withdrawn': '撤回企业邀请',
  'organisation.sent_away': '移出企业', 'organisation.role_changed': '修改企业成员身份',
  'queue.saved': '修改话务队列', 'agent.skills_changed': '修改坐席技能', 'agent.state_set': '设置坐席状态', 'call_back.cancelled': '取消回呼',
  'outlet.hours_changed': '修改网点营业时间', 'outlet.closed': '网点暂停营业', 'outlet.opened': '网点恢复营业',
  'rate_card.imported': '导入价目表', 'rate_card.checked': '核对价目表差异', 'rate_card.replayed': '用近期订单试算价目表', 'rate_card.published': '发布价目表',
  'rate_card.discarded': '作废价目表', 'rate_card.restored': '恢复使用价目表', 'rate_card.withdrawn': '撤回未生效的价目表',
  'conversation.given_back': '会话交还机器人', 'conversation.medium_seen': '查看客户的图片或语音',
  'calls.set_phone_secret': '设置话机密码', 'calls.remove_phone': '停用话机', 'calls.listened': '收听录音', 'calls.begun': '点击外呼',
  'calls.hold': '通话保持', 'calls.resume': '恢复通话', 'calls.confer': '三方通话', 'calls.hang_up': '挂断通话', 'calls.transfer': '转接通话', 'calls.consult': '咨询同事',
  'calls.park': '驻留通话', 'calls.retrieve': '取回驻留的通话', 'calls.pause_recording': '暂停录音', 'calls.resume_recording': '恢复录音',
  'calls.monitor': '监听通话', 'calls.whisper': '耳语指导', 'calls.barge': '强插通话',
  'conversation.taken': '接入会话', 'conversation.replied': '回复客户', 'conversation.closed': '结束会话',
  'incident.created': '新建公告', 'incident.changed': '修改公告', 'incident.published': '发布公告', 'incident.told': '通知受影响的客户', 'incident.ended': '结束公告',
  ...Object.fromEntries([['wechat.menu_', '菜单'], ['wechat.keywords_', '关键词'], ['flow.', '热线流程']].flatMap(([kind, what]) => [
    ['begun', '新建版本'], ['edited', '修改'], ['submitted', '送审'], ['reopened', '退回草稿'], ['approved', '审核通过'], ['sent_back', '审核退回'],
    ['discarded', '作废'], ['publishing', '开始发布'], ['published', '发布'], ['refused', '发布被微信拒绝'], ['rolled_back', '回滚'],
  ].map(([step, words]) => [kind + step, `${words}${what}`]))),
  'prompt.changed': '修改提示音', 'prompt.recorded': '上传提示音的录音', 'prompt.recording_removed': '删除提示音的录音',
  'wechat.tag_created': '新建用户标签', 'wechat.tag_renamed': '给用户标签改名', 'wechat.tag_deleted': '删除用户标签', 'wechat.tags_read': '刷新用户标签',
  'wechat.follower_tagged': '给用户打标签', 'wechat.follower_untagged': '取消用户标签',
};

/** What a keyword or a menu entry can start. */
export const commands = {
  guidance: '显示引导', human: '转人工', leave_human: '退出人工', check_parties: '核对收寄方信息', my_parcels: '我的快递', bind_phone: '绑定手机号',
};

/** What may be known of a customer, and who said it. */
export const fields = { name: '姓名', phone: '电话', email: '邮箱', company: '单位', province: '省份', city: '城市', address: '地址' };
export const saidBy = { customer: '客户本人', agent: '客服更正', wechat: '微信', import: '其他系统' };

/** Roles in a sentence such as `agent,supervisor`; everything else stays as it is. */
export const reason = entry => (['staff.created', 'staff.roles_changed'].includes(entry.action)
  ? entry.reason.split(',').map(role => roles[role] ?? role).join('、') : entry.reason);

/** Why a push went as it did. Each word may carry a number that WeChat gave: `quota:45009`. */
const pushReasons = {
  no_account: '客户没有这个渠道的账号', no_phone: '没有客户的手机号', no_template: '没有配置模板', no_grant: '客户没有授权订阅', none_configured: '没有配置渠道',
  not_by_sms: '这类消息不发短信', not_following: '客户没有关注', window_closed: '客服消息窗口已关闭', quota_of_the_day: '今日额度已用完', quota: '调用次数超限',
  template_lost: '模板已失效', template: '模板不存在', away: '连不上微信', busy: '微信繁忙', token: '微信凭证失效', closed: '微信不允许现在发送', refused: '微信拒绝发给这位客户',
  rejected: '微信拒绝了这条消息', stopped: '账号被微信停用接口，需要处理', no_answer: '没有收到微信的答复', sms_no_answer: '没有收到短信平台的答复', not_delivered: '没有送达',
  requeued: '人工重新推送', customer_acted: '客户来过，可以发送了', customers_merged: '客户已合并', recovered: '快件已恢复正常', promise_over: '承诺的时间已过', newer_state: '已有更新的进展',
  user_blocked: '客户拒收', system_failed: '微信发送失败', unknown_status: '微信没有说明结果', error: '没有送达',
  gave_up: '已放弃', no_channel: '没有可用的渠道', ambiguous: '结果不明',
};

export const pushReason = text => (text || '—').split(': ').map(part => {
  const [, word, code] = /^([a-z_]+)(?::(-?\d+))?$/.exec(part) ?? [];
  if (pushReasons[word] && code) return `${pushReasons[word]}（微信错误 ${code}）`;
  return pushReasons[word] ?? part.replace(/^threw /, '程序出错：');
}).join('：');

const subjects = { parcel: '快件', parcel_late: '快件延误', incident: '公告', conversation_message: '会话消息', late: '延迟的答复' };

/** What a push is about: the kind of thing, and the end of its id to tell two apart. */
export function subject(key) {
  const [kind, id] = key.split(':');
  return subjects[kind] ? `${subjects[kind]} …${(id ?? '').slice(-6)}` : key;
}

const moment = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
});

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });

export const time = text => (text ? moment.format(new Date(text)) : '—');

export const hour = text => clock.format(new Date(text));

export function since(text, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - new Date(text).getTime()) / 60000));
  if (minutes < 1) return '片刻';
  if (minutes < 60) return `${minutes}分钟`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}小时${minutes % 60}分`;
  return `${Math.floor(minutes / 1440)}天`;
}
