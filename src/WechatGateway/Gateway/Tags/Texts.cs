using Courier.WechatGateway.Editions;

namespace Courier.WechatGateway.Tags;

/// <summary>What operators read about tags.</summary>
internal static class Texts
{
    public const string NameWrong = "标签名称要填写，最多 30 字节（10 个汉字）。";
    public const string TagOfWechat = "这是微信自带的标签，不能改名也不能删除。";
    public const string OpenIdWrong = "这不是一个 openid。";

    public static string InUse(EditionKind kind) => kind switch
    {
        EditionKind.Menu => "线上的个性化菜单还在用这个标签。请先改好菜单并发布，再删除标签。",
        EditionKind.Keywords => "线上的关键词还在用这个标签。请先改好关键词并发布，再删除标签。",
    };

    public static string Refused(string reason) => $"微信没有接受：{reason}";
}
