using System.Text;
using Courier.Wechat.Client.Callbacks;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class ReadingMessages
{
    [Fact]
    public void A_text_keeps_what_was_typed()
    {
        var text = Message<TextMessage>("text", "<Content><![CDATA[  查 SF1000 <b>&amp; 😀\n]]></Content><MsgDataId>d1</MsgDataId><Idx>2</Idx>");
        text.Content.ShouldBe("  查 SF1000 <b>&amp; 😀\n");
        text.MsgId.ShouldBe("7000000000000000001");
        text.OpenId.ShouldBe(Accounts.OpenId);
        text.AccountId.ShouldBe("gh_courier00001");
        text.SentAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1767225600));
        text.MenuItemId.ShouldBeNull();
        (text.MsgDataId, text.ArticleIndex).ShouldBe(("d1", 2));
    }

    [Fact]
    public void A_click_in_a_message_menu_is_a_text_with_its_item() =>
        Message<TextMessage>("text", "<Content>我要投诉</Content><bizmsgmenuid>complain</bizmsgmenuid>").MenuItemId.ShouldBe("complain");

    [Fact]
    public void A_picture_has_its_address_and_media()
    {
        var image = Message<ImageMessage>("image", "<PicUrl><![CDATA[http://pic.example/1?a=1&b=2]]></PicUrl><MediaId><![CDATA[ m1 ]]></MediaId>");
        (image.PictureUrl, image.MediaId).ShouldBe(("http://pic.example/1?a=1&b=2", "m1"));
    }

    [Fact]
    public void A_voice_may_come_without_words()
    {
        var voice = Message<VoiceMessage>("voice", "<MediaId>m1</MediaId><Format>amr</Format><Recognition></Recognition><MediaId16K>m16</MediaId16K>");
        (voice.MediaId, voice.Format, voice.Recognition, voice.MediaId16K).ShouldBe(("m1", "amr", null, "m16"));
        Message<VoiceMessage>("voice", "<Recognition>我的快递</Recognition>").Recognition.ShouldBe("我的快递");
    }

    [Theory]
    [InlineData("video", false)]
    [InlineData("shortvideo", true)]
    public void A_film_says_whether_it_was_filmed_in_the_chat(string type, bool isShort)
    {
        var video = Message<VideoMessage>(type, "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>");
        (video.MediaId, video.ThumbnailMediaId, video.IsShort).ShouldBe(("m", "t", isShort));
    }

    [Fact]
    public void A_location_is_a_point_with_an_address()
    {
        var location = Message<LocationMessage>("location", "<Location_X>23.134521</Location_X><Location_Y> 113.358803 </Location_Y><Scale>20</Scale><Label>天河路</Label>");
        (location.Point, location.Scale, location.Label).ShouldBe((new GeoPoint(23.134521, 113.358803), 20, "天河路"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("here", "there")]
    [InlineData("NaN", "1")]
    [InlineData("91", "0")]
    [InlineData("0", "181")]
    public void A_location_without_numbers_has_no_point(string x, string y) =>
        Message<LocationMessage>("location", $"<Location_X>{x}</Location_X><Location_Y>{y}</Location_Y>").Point.ShouldBeNull();

    [Fact]
    public void A_link_a_card_and_a_file_have_their_parts()
    {
        var link = Message<LinkMessage>("link", "<Title>T</Title><Description>D</Description><Url>U</Url>");
        (link.Title, link.Description, link.Url).ShouldBe(("T", "D", "U"));
        var page = Message<MiniProgramPageMessage>("miniprogrampage", "<Title>T</Title><AppId>A</AppId><PagePath>P?x=1</PagePath><ThumbUrl>U</ThumbUrl><ThumbMediaId>M</ThumbMediaId>");
        (page.Title, page.AppId, page.PagePath, page.ThumbnailUrl, page.ThumbnailMediaId).ShouldBe(("T", "A", "P?x=1", "U", "M"));
        var file = Message<FileMessage>("file", "<Title>运单.pdf</Title><Description>D</Description><FileKey>K</FileKey><FileMd5>5</FileMd5><FileTotalLen>1234</FileTotalLen>");
        (file.Title, file.Description, file.FileKey, file.FileMd5, file.Size).ShouldBe(("运单.pdf", "D", "K", "5", 1234));
    }

    [Fact]
    public void An_unknown_type_keeps_everything()
    {
        var unknown = Message<UnknownMessage>("device_text", "<DeviceID>7</DeviceID><Inner><A>1</A><A>2</A></Inner>");
        unknown.Fields.Text("deviceid").ShouldBe("7");
        unknown.Fields.Group("Inner").Select(field => field.Value).ShouldBe(["1", "2"]);
    }

    [Fact]
    public void A_body_without_type_is_an_unknown_message() =>
        Read("<xml><InfoType>ticket</InfoType></xml>").ShouldBeOfType<UnknownMessage>().Fields.Text("InfoType").ShouldBe("ticket");

    [Fact]
    public void Elements_that_nobody_knows_disturb_nothing() =>
        Message<TextMessage>("text", "<New><Deep>1</Deep></New><Content>hi</Content>").Content.ShouldBe("hi");

    [Fact]
    public void The_case_of_the_type_does_not_matter() => Message<TextMessage>("TEXT", "<Content>hi</Content>").Content.ShouldBe("hi");

    [Fact]
    public void JSON_reads_as_XML_does()
    {
        var read = Read("""{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1767225600,"MsgType":"text","Content":"件\"到\"了","MsgId":7000000000000000001}""");
        var text = read.ShouldBeOfType<TextMessage>();
        (text.Content, text.MsgId, text.OpenId, text.SentAt).ShouldBe(("件\"到\"了", "7000000000000000001", "o1", DateTimeOffset.FromUnixTimeSeconds(1767225600)));
    }

    internal static T Message<T>(string type, string elements) => Read($"""
        <xml>
        <ToUserName><![CDATA[gh_courier00001]]></ToUserName>
        <FromUserName><![CDATA[{Accounts.OpenId}]]></FromUserName>
        <CreateTime>1767225600</CreateTime>
        <MsgType><![CDATA[{type}]]></MsgType>
        {elements}
        <MsgId>7000000000000000001</MsgId>
        </xml>
        """).ShouldBeOfType<T>()!;

    internal static Inbound Read(string body)
    {
        var reader = new CallbackReader(Accounts.Plain, TimeProvider.System);
        reader.Read(Accounts.PlainQuery(Accounts.Plain), Encoding.UTF8.GetBytes(body)).IsAccepted(out var callback).ShouldBeTrue();
        return callback!.Inbound;
    }
}
