namespace Courier.Services.Customers;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public static string CodeMessage(string code) => $"【快递服务】您的验证码是{code}，5分钟内有效。请勿告诉他人，工作人员不会向您索要。";

    public const string MergeUndone = "这次合并已经撤销过了。";

    public const string MergeNotLatest = "合并后的客户又被合并到了别的客户，请先撤销最近的那次合并。";

    public static string MergeTooOld(int days) => $"合并超过 {days} 天，不能再撤销。";
}
