namespace Courier.WechatGateway.Tags;

/// <summary>What operators read about tags.</summary>
internal static class Texts
{
    public const string NameWrong = "标签名称要填写，最多 30 字节（10 个汉字）。";
    public const string TagOfWechat = "这是微信自带的标签，不能改名也不能删除。";
    public const string OpenIdWrong = "这不是一个 openid。";

    public static string Refused(string reason) => $"微信没有接受：{reason}";
}
