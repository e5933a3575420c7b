namespace Courier.Services.Customers;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public static string CodeMessage(string code) => $"【快递服务】您的验证码是{code}，5分钟内有效。请勿告诉他人，工作人员不会向您索要。";

    public const string ConsentAddressWrong = "没有这个地址。";

    /// <summary>The sentence of <see cref="RecordConsent.Wording"/> that a customer reads before deciding.</summary>
    public static string ConsentWording(ConsentKind kind) => kind switch
    {
        ConsentKind.ToDoor => "同意快递员把快件送到门口当面交给我。",
        ConsentKind.Locker => "同意快递员把我的快件投放到快递柜；我会收到取件码，可以随时取消。",
        ConsentKind.Station => "同意快递员把我的快件放到驿站或网点代收；我会收到取件通知，可以随时取消。",
        ConsentKind.FrontDoor => "同意快递员在我不在时把快件放在门口；我知道快件可能因此丢失，可以随时取消。",
        ConsentKind.Neighbour => "同意快递员在我不在时把快件交给邻居代收，可以随时取消。",
    };

    public const string MergeUndone = "这次合并已经撤销过了。";

    public const string MergeNotLatest = "合并后的客户又被合并到了别的客户，请先撤销最近的那次合并。";

    public static string MergeTooOld(int days) => $"合并超过 {days} 天，不能再撤销。";
}
