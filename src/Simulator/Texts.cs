using Courier.Simulator.Network;

namespace Courier.Simulator;

/// <summary>What the world's people say and what its page shows.</summary>
internal static class Texts
{
    public static string BindPhone(string phone) => $"绑定手机 {phone}";

    public static string NoDayFile(string file) => $"没有这个文件：{file}";
    public const string NoDayHead = "第一行应是 {\"kind\":\"day\",…}";
    public static string BadDayLine(int line) => $"第 {line} 行读不懂";
    public const string ReplaySpeed = "speed 为 0（不等待）到 100000";
    public const string ReplayRuns = "正在回放另一天，请等它结束";
    public const string NoReplay = "还没有回放过";
    public const string RecordingTimes = "from、to 应是 RFC 3339 时间，from 在前";

    public const string OnlyThisMachine = "模拟器只接受本机访问";
    public const string UnknownParcel = "没有这个模拟快件";
    public const string WaybillTaken = "这个单号已经在用";
    public const string WaybillForm = "单号应为6到32位大写字母、数字或短横线";
    public const string UnknownCity = "网络里没有这个城市";
    public const string CannotGetThere = "快件到不了这个状态，或者已经结束";
    public const string UnknownStage = "没有这个状态";
    public const string StepsOrTo = "steps 应为1到100，或者给出 to";
    public const string SpeedRange = "速度应为1到1000";
    public const string FaultValues = "sms 可为 up、down、refuse；carrier 可为 up、down";
    public const string PhoneAndText = "需要 phone 和 text";
    public const string SmsRefused = "运营商拒绝了这条短信（故障开关）";
    public const string SmsDown = "短信通道不可用（故障开关）";

    public const string CallerNumber = "来电号码应为至多20位数字，不填则不显示号码";
    public const string NoHotline = "热线没有开通，或者同时在打的电话太多";
    public const string KeysForm = "按键应为1到40个数字、* 或 #";
    public const string CallNotRunning = "这通电话没有接通，或者已经挂断";
    public const string UnknownCall = "没有这通电话";
    public const string CallUnanswered = "没有人接";
    public const string CallHungUpHere = "顾客挂断";
    public const string CallHungUpThere = "热线挂断";
    public static string CallRefused(int status) => $"热线拒接（SIP {status}）";

    public static string Of(ParcelStage stage) => stage switch
    {
        ParcelStage.Registered => "待揽收",
        ParcelStage.PickedUp => "已揽收",
        ParcelStage.Departed => "运输中",
        ParcelStage.Arrived => "已到达",
        ParcelStage.OutForDelivery => "派送中",
        ParcelStage.InLocker => "已入柜",
        ParcelStage.InStation => "已到驿站",
        ParcelStage.Signed => "已签收",
        ParcelStage.DeliveryFailed => "派送不成功",
        ParcelStage.Held => "滞留",
        ParcelStage.Refused => "拒收",
        ParcelStage.Returning => "退回中",
        ParcelStage.Returned => "已退回",
        ParcelStage.Damaged => "破损",
        ParcelStage.Lost => "遗失",
        ParcelStage.Redirected => "已改派",
        ParcelStage.Cancelled => "已取消",
    };
}
