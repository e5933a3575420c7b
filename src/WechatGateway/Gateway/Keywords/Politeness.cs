using System.Text.RegularExpressions;

namespace Courier.WechatGateway.Keywords;

/// <summary>What people say around a wish without changing it: 请帮我…, …吧，谢谢.</summary>
internal static partial class Politeness
{
    // Each thing can be read in one way only: with two, a long text that ends otherwise would be read in all combinations of them.
    /// <summary>The words without it and without the marks that end a sentence; empty when there is nothing else.</summary>
    public static string Without(string words) => After().Replace(Before().Replace(words, ""), "");

    [GeneratedRegex("^(?:请(?!问)|麻烦[你您]?|帮我|帮忙|你好|您好|好的|好吧|嗯+|那就|[ ,:。.!~、])+", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex("(?:谢谢[你您]?|多谢|感谢|谢了|辛苦了|拜托|[吧了啊呀哦哈呢哟啦 ,。.!~、…])+$", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
