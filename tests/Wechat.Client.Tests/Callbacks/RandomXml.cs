using System.Text;

namespace Courier.Wechat.Client.Tests.Callbacks;

/// <summary>Random well-formed documents in the manner of WeChat's, from a seed, and ways to damage them.</summary>
static class RandomXml
{
    private static readonly string[] Names = ["ToUserName", "Event", "List", "item", "a", "x_1", "n.s-2"];
    private static readonly string[] Texts =
        ["", " ", "text", "件到了", "😀", "a&lt;b", "&#20214;", "&amp;&#x41;", "<![CDATA[ <b>&amp; ]]>", "<![CDATA[]]>", "<![CDATA[a]]]]><![CDATA[>b]]>", "<!-- c -->", "<?pi x?>", "\r\n", "1\r\n2"];
    private static readonly string[] Marks = ["<", ">", "]]>", "<![CDATA[", "&", ";", "</", "/>", "\"", "<!DOCTYPE x>", "<!--", "-->", "\0", "件"];

    public static string Document(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" : "");
        Element(text, random, 1);
        return text.ToString();
    }

    public static string Damage(string document, Random random)
    {
        var at = random.Next(document.Length);
        return random.Next(3) switch
        {
            0 => document.Remove(at, Math.Min(random.Next(1, 6), document.Length - at)),
            1 => document.Insert(at, Marks[random.Next(Marks.Length)]),
            _ => document[..at],
        };
    }

    // Either children or text, never both: WeChat sends no mixed content.
    private static void Element(StringBuilder text, Random random, int depth)
    {
        var name = Names[random.Next(Names.Length)];
        var attribute = random.Next(8) == 0 ? " k='v>\"'" : "";
        if (random.Next(10) == 0) { text.Append($"<{name}{attribute}/>"); return; }
        text.Append($"<{name}{attribute}>");
        if (depth < 5 && (depth == 1 || random.Next(3) == 0))
            for (var child = random.Next(5); child >= 0; child--) { text.Append(random.Next(2) == 0 ? "\n " : ""); Element(text, random, depth + 1); }
        else
            for (var part = random.Next(4); part > 0; part--) text.Append(Texts[random.Next(Texts.Length)]);
        text.Append($"</{name}>");
    }
}
