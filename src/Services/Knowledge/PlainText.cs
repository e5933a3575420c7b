using System.Collections.Frozen;
using System.Text;
using Courier.Kernel;
using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Knowledge;

/// <summary>Texts as they are compared: half width, lower case, simplified, without spaces, punctuation and emoji.</summary>
internal static class PlainText
{
    // What goods are written with and addresses are not: the traditional character, then its simplified twin.
    private const string Pairs = "煙烟機机彈弹噴喷劑剂膠胶壓压鹼碱銨铵鈉钠鋰锂鈾铀鈷钴鐳镭鈈钚氫氢廢废紗纱樣样體体偽伪鈔钞雜杂蠟蜡寵宠龜龟雞鸡貓猫鷹鹰蝦虾鴨鸭凍冻葉叶鹽盐醬酱鍋锅錶表點点爐炉掛挂顯显視视車车輪轮滅灭蟲虫殺杀髮发濕湿紙纸"
        + "襪袜褲裤襯衬絨绒圍围帶带線线襖袄獸兽罈坛鴉鸦攝摄槤梿乾干燈灯類类藍蓝腦脑繩绳飛飞貴贵嗎吗麼么淨净籃篮錄录葯药砲炮罌罂嬰婴癮瘾";

    private static readonly FrozenDictionary<char, char> Twins = Enumerable.Range(0, Pairs.Length / 2).DistinctBy(i => Pairs[2 * i]).ToFrozenDictionary(i => Pairs[2 * i], i => Pairs[2 * i + 1]);

    /// <summary>The text half width and in simplified characters, otherwise as it is written.</summary>
    public static string Simplified(string text) => string.Concat(HalfWidth.Of(text).Select(c => Twins.TryGetValue(c, out var twin) ? twin : Traditional.Simplified(c)));

    /// <summary>The text as texts are compared.</summary>

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in Simplified(text))
        {
            if (char.IsLetterOrDigit(c) || c == '%') plain.Append(char.ToLowerInvariant(c));
        }
        return plain.ToString();
    }
}
