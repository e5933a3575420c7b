namespace Courier.Services.Customers;

/// <summary>What customers read.</summary>
internal static class Texts
{
    public static string CodeMessage(string code) => $"【快递服务】您的验证码是{code}，5分钟内有效。请勿告诉他人，工作人员不会向您索要。";
}
