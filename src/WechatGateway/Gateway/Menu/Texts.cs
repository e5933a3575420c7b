using System.Globalization;

namespace Courier.WechatGateway.Menu;

/// <summary>What operators read about menus.</summary>
internal static class Texts
{
    public const string KeyAnswersNothing = "没有命令或关键词接住这个 key：写成句子的会当作用户说的话来答，别的只会看到使用引导。";
    public const string TagUnknown = "这个公众号没有这个标签，请重新选择。";
    public const string TagTwice = "这个标签已经有一套菜单了。";
    public const string Everybody = "【默认菜单】";

    public static string TypeOf(MenuEntryType type) => type switch
    {
        MenuEntryType.Click => "点击",
        MenuEntryType.View => "打开网页",
        MenuEntryType.ScanCodePush => "扫一扫",
        MenuEntryType.ScanCodeWait => "扫码等回复",
        MenuEntryType.Camera => "拍照",
        MenuEntryType.CameraOrAlbum => "拍照或相册",
        MenuEntryType.WechatAlbum => "微信相册",
        MenuEntryType.Location => "选位置",
        MenuEntryType.MiniProgram => "打开小程序",
    };

    public static string ForTag(string tag) => $"【标签“{tag}”的菜单】";

    public static (string Field, string Message) Of(MenuBreach breach) => breach.Limit switch
    {
        MenuLimit.TopCount => ("", breach.Actual == 0 ? "至少要有一个一级菜单。" : $"一级菜单最多 {Number(breach.Most)} 个，现在有 {Number(breach.Actual)} 个。"),
        MenuLimit.SubCount => ("children", $"二级菜单最多 {Number(breach.Most)} 个，现在有 {Number(breach.Actual)} 个。"),
        MenuLimit.Levels => ("children", "菜单最多两级。"),
        MenuLimit.HeadingActs => ("key", "有二级菜单的一级菜单不能再带动作。"),
        MenuLimit.NameMissing => ("name", "请填写名称。"),
        MenuLimit.NameLength => ("name", $"名称太长：现在 {Number(breach.Actual)} 字节，这里最多 {Number(breach.Most)} 字节（{Number(breach.Most / 3)} 个汉字）。"),
        MenuLimit.KeyMissing => ("key", "请填写 key。"),
        MenuLimit.KeyLength => ("key", $"key 太长：现在 {Number(breach.Actual)} 字节，最多 {Number(breach.Most)} 字节。"),
        MenuLimit.UrlForm => ("url", "请填写以 http:// 或 https:// 开头的完整网址。"),
        MenuLimit.UrlLength => ("url", $"网址太长：现在 {Number(breach.Actual)} 字节，最多 {Number(breach.Most)} 字节。"),
        MenuLimit.AppIdMissing => ("appId", "请填写小程序的 AppID。"),
        MenuLimit.PagePathMissing => ("pagePath", "请填写小程序的页面路径。"),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
