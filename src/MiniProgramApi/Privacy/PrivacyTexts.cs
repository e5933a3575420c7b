namespace Courier.MiniProgramApi.Privacy;

/// <summary>What customers read in the privacy centre.</summary>
internal static class PrivacyTexts
{
    public const string FieldWrong = "要更正的项目须为 1 到 32 位小写字母或下划线";
    public const string ValueWrong = "请用 1 到 200 个字写明正确的内容";
    public const string ReceiptUnknown = "没有这个回执号";

    public const string ReadMe =
        "这是您在本服务留存的个人信息副本，每个文件对应一类信息，内容为 JSON 格式。\r\n回执号：{0}\r\n如需更正、删除或撤回同意，请到“我的 - 隐私中心”办理。\r\n";
}
