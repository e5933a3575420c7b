namespace Courier.Simulator.Network;

/// <summary>What carriers write into their route events, staff names and phones included.</summary>
internal static class RouteTexts
{
    public static readonly string[] FailedReasons =
        ["收件人电话无人接听", "收件人要求改天送", "地址不详，无法找到收件人", "收件地址无人，未能送达", "小区封闭管理，无法进入"];
    public static readonly string[] HeldReasons =
        ["受暴雨天气影响", "货量较大，正在加紧处理", "道路管制，车辆无法通行", "收件地址超出派送范围，正在核实"];
    public static readonly string[] Proxies = ["家人", "门卫", "前台", "同事", "邻居"];
    public static readonly string[] Stations = ["阳光花园驿站", "金色家园驿站", "学府路驿站", "幸福里驿站", "明珠小区便民驿站"];
    public static readonly string[] Communities = ["阳光花园", "翠湖天地", "金色家园", "学府名城", "东方丽景", "滨河小区"];

    public static string PickedUp(string city, string outlet, Staff staff) => $"【{city}】快件已由【{outlet}】的{staff.Name}（电话：{staff.Phone}）揽收";
    public static string LeftOutlet(string from, string to) => $"快件离开【{from}】，已发往【{to}】";
    public static string Sorted(string from, string to) => $"快件在【{from}】完成分拣，已发往【{to}】";
    public static string Arrived(string place) => $"快件到达【{place}】";
    public static string OutForDelivery(string city, Staff staff) => $"【{city}】快件正在派送途中，请您准备签收（派件员：{staff.Name}，电话：{staff.Phone}）";
    public static string OutAgain(string city, Staff staff) => $"【{city}】快件再次安排派送（派件员：{staff.Name}，电话：{staff.Phone}）";
    public static string InLocker(string locker, Staff staff) => $"经收件人同意，快件已放入【{locker}】，请凭取件码领取，如有疑问请联系派件员{staff.Name}（{staff.Phone}）";
    public static string InStation(string station) => $"经收件人同意，快件已送达【{station}】，请凭取件码及时领取";
    public static string SignedInPerson() => "快件已签收，签收人：本人。感谢您使用本公司服务";
    public static string SignedByProxy(string who) => $"快件已签收，签收人：{who}代收。如有疑问请联系派件员";
    public static string Fetched(string place) => $"快件已从【{place}】取出，签收成功";
    public static string DeliveryFailed(string reason, Staff staff) => $"派送不成功：{reason}，将再次安排派送（派件员：{staff.Name}，电话：{staff.Phone}）";
    public static string Held(string reason) => $"快件暂时滞留：{reason}，给您带来不便敬请谅解";
    public static string Searching() => "快件在运输途中未按时到达，正在逐环节查找";
    public static string Refused() => "收件人拒收，快件待退回";
    public static string Undeliverable() => "多次派送不成功，快件将退回寄件人";
    public static string Returning(string outlet) => $"快件退回中，已发往【{outlet}】";
    public static string Returned() => "退回件已送达，寄件人已签收";
    public static string Damaged() => "快件外包装破损，已拍照登记，正在核实内件";
    public static string Lost() => "经查找确认快件遗失，请联系客服办理理赔";
    public static string Redirected(string address) => $"应客户要求，快件已改派至【{address}】";
    public static string Cancelled() => "寄件人已取消寄件，订单关闭";
}
