namespace Courier.Wechat.Sandbox;

/// <summary>The message templates of the demo accounts, named as WeChat names the fields of today's templates.</summary>
public static class DemoTemplates
{
    /// <summary>Id of "包裹状态更新": <c>character_string1</c> waybill, <c>phrase2</c> status (≤5 汉字), <c>time3</c>, <c>thing4</c> note.</summary>
    public const string ParcelUpdate = "SandboxTemplate_ParcelUpdate_0000000000001";

    /// <summary>Id of "取件提醒": <c>character_string1</c> waybill, <c>character_string2</c> pick-up code, <c>thing3</c> place, <c>time4</c> until.</summary>
    public const string PickupReady = "SandboxTemplate_PickupReady_00000000000002";

    /// <summary>Id of "服务进度通知": <c>thing1</c> subject, <c>phrase2</c> state (≤5 汉字), <c>time3</c>, <c>thing4</c> note.</summary>
    public const string CaseUpdate = "SandboxTemplate_CaseUpdate_000000000000003";

    /// <summary>All of them, for every account.</summary>
    public static IReadOnlyList<SandboxTemplate> All { get; } =
    [
        new(ParcelUpdate, "包裹状态更新",
            "快递单号：{{character_string1.DATA}}\n当前状态：{{phrase2.DATA}}\n更新时间：{{time3.DATA}}\n温馨提示：{{thing4.DATA}}"),
        new(PickupReady, "取件提醒",
            "快递单号：{{character_string1.DATA}}\n取件码：{{character_string2.DATA}}\n取件地点：{{thing3.DATA}}\n截止时间：{{time4.DATA}}"),
        new(CaseUpdate, "服务进度通知",
            "服务事项：{{thing1.DATA}}\n当前进度：{{phrase2.DATA}}\n更新时间：{{time3.DATA}}\n备注：{{thing4.DATA}}"),
    ];
}
