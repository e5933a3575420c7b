using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Courier.Wechat.Client.Callbacks;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class WritingReplies
{
    private static readonly ReplyAddress Address = new("o1", "gh_1", DateTimeOffset.FromUnixTimeSeconds(1767225600));

    public static TheoryData<PassiveReply, string, string> Replies => new()
    {
        { new TextReply("您好"), "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content>", """{"MsgType":"text","Content":"您好"}""" },
        { new ImageReply("M"), "<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[M]]></MediaId></Image>", """{"MsgType":"image","Image":{"MediaId":"M"}}""" },
        { new VoiceReply("M"), "<MsgType><![CDATA[voice]]></MsgType><Voice><MediaId><![CDATA[M]]></MediaId></Voice>", """{"MsgType":"voice","Voice":{"MediaId":"M"}}""" },
        { new VideoReply("M", "T"), "<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[M]]></MediaId><Title><![CDATA[T]]></Title><Description><![CDATA[]]></Description></Video>", """{"MsgType":"video","Video":{"MediaId":"M","Title":"T","Description":""}}""" },
        { new MusicReply("P", "T", "D", "U", "H"), "<MsgType><![CDATA[music]]></MsgType><Music><Title><![CDATA[T]]></Title><Description><![CDATA[D]]></Description><MusicUrl><![CDATA[U]]></MusicUrl><HQMusicUrl><![CDATA[H]]></HQMusicUrl><ThumbMediaId><![CDATA[P]]></ThumbMediaId></Music>", """{"MsgType":"music","Music":{"Title":"T","Description":"D","MusicUrl":"U","HQMusicUrl":"H","ThumbMediaId":"P"}}""" },
        { new NewsReply(new Article("T", "D", "P", "U")), "<MsgType><![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item><Title><![CDATA[T]]></Title><Description><![CDATA[D]]></Description><PicUrl><![CDATA[P]]></PicUrl><Url><![CDATA[U]]></Url></item></Articles>", """{"MsgType":"news","ArticleCount":1,"Articles":{"item":[{"Title":"T","Description":"D","PicUrl":"P","Url":"U"}]}}""" },
        { new TransferToAgentsReply(), "<MsgType><![CDATA[transfer_customer_service]]></MsgType>", """{"MsgType":"transfer_customer_service"}""" },
        { new TransferToAgentsReply("a@x"), "<MsgType><![CDATA[transfer_customer_service]]></MsgType><TransInfo><KfAccount><![CDATA[a@x]]></KfAccount></TransInfo>", """{"MsgType":"transfer_customer_service","TransInfo":{"KfAccount":"a@x"}}""" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void Every_reply_is_written_in_both_forms(PassiveReply reply, string xml, string json)
    {
        reply.ToXml(Address).ShouldBe($"<xml><ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName><CreateTime>1767225600</CreateTime>{xml}</xml>");
        reply.ToJson(Address).ShouldBe($$"""{"ToUserName":"o1","FromUserName":"gh_1","CreateTime":1767225600,{{json[1..]}}""");
    }

    [Theory]
    [InlineData("]]>")]
    [InlineData("a]]>b]]>c")]
    [InlineData("]]]]>>")]
    [InlineData("<a href=\"https://x.example?a=1&b=2\">查件</a>")]
    [InlineData("\"引号\"\\反斜杠\n换行")]
    public void Whatever_the_text_holds_it_reads_back(string text)
    {
        XDocument.Parse(new TextReply(text).ToXml(Address)).Root!.Element("Content")!.Value.ShouldBe(text);
        JsonDocument.Parse(new TextReply(text).ToJson(Address)).RootElement.GetProperty("Content").GetString().ShouldBe(text);
    }

    [Fact]
    public void Characters_that_XML_has_no_place_for_are_left_out() =>
        XDocument.Parse(new TextReply("a\0b\bc\uFFFFd").ToXml(Address)).Root!.Element("Content")!.Value.ShouldBe("abcd");

    [Fact]
    public void Chinese_links_and_signs_are_not_escaped_in_JSON() => new TextReply("<a>件&</a>").ToJson(Address).ShouldContain("<a>件&</a>");

    [Theory]
    [InlineData("件")]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    [InlineData("😀")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("👍🏽")]
    public void A_long_text_is_cut_between_characters_as_people_see_them(string element)
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var whole = new string('x', shift) + string.Concat(Enumerable.Repeat(element, 2100));
            var cut = new TextReply(whole).Content;
            Encoding.UTF8.GetByteCount(cut).ShouldBeInRange(TextReply.MaxBytes - 24, TextReply.MaxBytes);
            whole.ShouldStartWith(cut);
            StringInfo.ParseCombiningCharacters(whole).ShouldContain(cut.Length);
        }
    }

    [Fact]
    public void A_text_of_exactly_the_limit_stays_whole() => new TextReply(new string('x', 2048)).Content.Length.ShouldBe(2048);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_text_cannot_be_written(string text) => Should.Throw<ArgumentException>(() => new TextReply(text));

    [Fact]
    public void News_has_one_to_eight_articles()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new NewsReply());
        Should.Throw<ArgumentOutOfRangeException>(() => new NewsReply([.. Enumerable.Repeat(new Article("T", "D", "P", "U"), 9)]));
        new NewsReply([.. Enumerable.Repeat(new Article("T", "D", "P", "U"), 8)]).ToXml(Address).ShouldContain("<ArticleCount>8</ArticleCount>");
    }
}
