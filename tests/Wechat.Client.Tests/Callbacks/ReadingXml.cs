using System.Text;
using System.Xml;
using Courier.Wechat.Client.Callbacks;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class ReadingXml
{
    [Theory]
    [InlineData("""<!DOCTYPE xml [<!ENTITY x "boom">]><xml><A>&x;</A></xml>""")]
    [InlineData("""<!DOCTYPE xml SYSTEM "http://evil.example/x.dtd"><xml/>""")]
    [InlineData("""<?xml version="1.0"?><!DOCTYPE xml><xml/>""")]
    [InlineData("<xml><!ELEMENT a ANY></xml>")]
    [InlineData("<xml><A>&x;</A></xml>")]
    [InlineData("<xml><A>&lol</A></xml>")]
    public void Document_types_and_own_entities_are_refused(string text) => Read(text).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<xml")]
    [InlineData("<xml>")]
    [InlineData("<xml></yml>")]
    [InlineData("<xml><A></xml></A>")]
    [InlineData("<xml/><xml/>")]
    [InlineData("<xml/>text")]
    [InlineData("<xml><A><![CDATA[x</A></xml>")]
    [InlineData("<xml a=b/>")]
    [InlineData("<xml a=\"<\"/>")]
    [InlineData("<xml a/>")]
    [InlineData("<1/>")]
    [InlineData("<xml><!-- a -- b --></xml>")]
    [InlineData("<xml>&#0;</xml>")]
    [InlineData("<xml>&#xD800;</xml>")]
    [InlineData("<xml>&#x110000;</xml>")]
    [InlineData("<xml>&#;</xml>")]
    [InlineData("<xml>&#99999999999999999999;</xml>")]
    [InlineData("</xml>")]
    [InlineData("<xml>< A/></xml>")]
    public void What_is_not_well_formed_is_refused(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() => XmlFields.Read([(byte)'<', (byte)'a', 0xFF, (byte)'/', (byte)'>']).ShouldBeNull();

    [Fact]
    public void Sixteen_levels_are_read_and_no_more()
    {
        Read(Nested(16)).ShouldNotBeNull();
        Read(Nested(17)).ShouldBeNull();
        Read(Nested(100_000)).ShouldBeNull();
        static string Nested(int levels) => string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels));
    }

    [Theory]
    [InlineData("<xml><A>a&lt;b&gt;&amp;&quot;&apos;&#20214;&#x4EF6;</A></xml>", "a<b>&\"'件件")]
    [InlineData("<xml><A>\n  <![CDATA[x]]>\n  </A></xml>", "x")]
    [InlineData("<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>", "a]]>b")]
    [InlineData("<xml><A>one<!-- two -->three</A></xml>", "onethree")]
    [InlineData("<xml><A x='1>2' y=\"3\" >z</A ></xml>", "z")]
    [InlineData("<xml><A>a\r\nb\rc</A></xml>", "a\nb\nc")]
    [InlineData("<xml><A/></xml>", "")]
    [InlineData("<?xml version='1.0' encoding='utf-8'?>\n<!-- hi --><xml><A>1</A></xml>\n", "1")]
    public void Texts_are_read_as_they_were_meant(string text, string value) => Read(text).ShouldNotBeNull().Raw("A").ShouldBe(value);

    [Fact]
    public void Control_characters_of_customers_are_let_through() => Read("<xml><A><![CDATA[a\u0008b]]></A></xml>").ShouldNotBeNull().Raw("A").ShouldBe("a\bb");

    [Fact]
    public void A_text_in_very_many_parts_costs_no_more_than_its_size()
    {
        var xml = Encoding.UTF8.GetBytes("<xml><A>" + string.Concat(Enumerable.Repeat("<![CDATA[x]]>", 80_000)) + "</A></xml>");
        var before = GC.GetAllocatedBytesForCurrentThread();
        XmlFields.Read(xml).ShouldNotBeNull().Raw("A").Length.ShouldBe(80_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16L * xml.Length);
    }

    [Fact]
    public void It_reads_random_documents_as_the_framework_reader_does()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 3000; round++)
        {
            var text = RandomXml.Document(random);
            var expected = Framework(text).ShouldNotBeNull(text);
            Describe(Read(text).ShouldNotBeNull(text)).ShouldBe(expected, text);
        }
    }

    [Fact]
    public void Damaged_documents_never_throw_and_never_read_differently()
    {
        var random = new Random(20260102);
        for (var round = 0; round < 6000; round++)
        {
            var text = RandomXml.Damage(RandomXml.Document(random), random);
            var read = Read(text);
            var expected = Framework(text);
            if (read is not null && expected is not null) Describe(read).ShouldBe(expected, text);
        }
    }

    private static Fields? Read(string text) => XmlFields.Read(Encoding.UTF8.GetBytes(text));

    private static string Describe(Fields fields) =>
        string.Concat(fields.Select(field => $"[{field.Name}={(field.Children.Count > 0 ? Describe(field.Children) : field.Value)}]"));

    // The same elements by way of the framework's reader, set as WeChat's documents ask for; null where it refuses.
    private static string? Framework(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            reader.MoveToContent();
            var content = Content(reader, isRoot: true);
            while (reader.Read()) { }
            return content;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // A root with text only has no elements.
    private static string Content(XmlReader reader, bool isRoot = false)
    {
        if (reader.IsEmptyElement) return "";
        var text = "";
        var children = "";
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) children += $"[{reader.Name}={Content(reader)}]";
            else text += reader.Value;
        }
        return children.Length > 0 || isRoot ? children : text;
    }
}
