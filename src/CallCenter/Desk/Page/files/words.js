// Words and times as people read them.

export const roles = {
  admin: '管理员', supervisor: '班长', agent: '客服', operator: '运营', outlet: '网点', courier: '快递员',
};

export const actions = {
  'staff.created': '新建账号', 'staff.disabled': '停用账号', 'staff.enabled': '启用账号', 'staff.roles_changed': '修改角色',
  'staff.password_reset': '重置密码', 'staff.password_changed': '修改密码', 'staff.signed_in': '登录', 'staff.signed_out': '退出',
  'staff.sign_in_refused': '登录失败', 'notifications.requeued': '重新推送', 'events.requeued': '重新投递', 'events.dropped': '放弃投递',
  'conversation.taken': '接入会话', 'conversation.replied': '回复客户', 'conversation.closed': '结束会话',
  'incident.created': '新建公告', 'incident.changed': '修改公告', 'incident.published': '发布公告', 'incident.told': '通知受影响的客户', 'incident.ended': '结束公告',
  ...Object.fromEntries([['menu', '菜单'], ['keywords', '关键词']].flatMap(([kind, what]) => [
    ['begun', '新建版本'], ['edited', '修改'], ['submitted', '送审'], ['reopened', '退回草稿'], ['approved', '审核通过'], ['sent_back', '审核退回'],
    ['discarded', '作废'], ['publishing', '开始发布'], ['published', '发布'], ['refused', '发布被微信拒绝'], ['rolled_back', '回滚'],
  ].map(([step, words]) => [`wechat.${kind}_${step}`, `${words}${what}`]))),
  'wechat.tag_created': '新建用户标签', 'wechat.tag_deleted': '删除用户标签', 'wechat.tags_read': '刷新用户标签',
  'wechat.follower_tagged': '给用户打标签', 'wechat.follower_untagged': '取消用户标签',
};

/** What a keyword or a menu entry can start. */
export const commands = {
  guidance: '显示引导', human: '转人工', leave_human: '退出人工', check_parties: '核对收寄方信息', my_parcels: '我的快递', bind_phone: '绑定手机号',
};

/** Roles in a sentence such as `agent,supervisor`; everything else stays as it is. */
export const reason = entry => (['staff.created', 'staff.roles_changed'].includes(entry.action)
  ? entry.reason.split(',').map(role => roles[role] ?? role).join('、') : entry.reason);

const moment = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false,
});

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false });

export const time = text => (text ? moment.format(new Date(text)) : '—');

export const hour = text => clock.format(new Date(text));

export function since(text, now = Date.now()) {
  const minutes = Math.max(0, Math.floor((now - new Date(text).getTime()) / 60000));
  if (minutes < 1) return '不到1分钟';
  if (minutes < 60) return `${minutes}分钟`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}小时${minutes % 60}分`;
  return `${Math.floor(minutes / 1440)}天`;
}
