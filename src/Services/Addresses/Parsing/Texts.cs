namespace Courier.Services.Addresses.Parsing;

/// <summary>What people read about a pasted text.</summary>
internal static class Texts
{
    public const string PhoneMasked = "手机号被隐藏了几位，快递员无法联系收件人，请填写完整号码";
    public const string PhoneWithoutArea = "固定电话缺少区号，请补充";
    public const string NameMasked = "收件人姓名不完整，请填写真实姓名";

    public const string FileEmpty = "文件里没有可以识别的地址";
    public const string FileTooLarge = "文件过大，请控制在 5 MB 以内";
    public const string FileTypeWrong = "只支持 CSV 或 XLSX 文件";
    public const string FileIsOldExcel = "不支持旧版 XLS 文件，请另存为 XLSX 后再上传";
    public const string FileDamaged = "文件已损坏，无法读取";
    public const string FileEncodingWrong = "无法识别文件的编码，请用 UTF-8 或 GBK 保存";

    public static string FileTooManyRows(int most) => $"每次最多 {most} 行，请拆分后再上传";

    public static string Misspelt(string written, string meant) => $"已把“{written}”改为“{meant}”，请核对";

    public static string Renamed(string old, string now) => $"{old}已调整为{now}，已为您更新";
}
