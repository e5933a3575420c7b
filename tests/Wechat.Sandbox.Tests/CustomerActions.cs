using System.Text.Json;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class CustomerActions
{
    [Theory]
    [InlineData("""{"type":"voice","recognition":"查快递"}""", "voice", "Recognition=查快递;Format=amr;MediaId")]
    [InlineData("""{"type":"video"}""", "video", "MediaId;ThumbMediaId")]
    [InlineData("""{"type":"shortvideo"}""", "shortvideo", "MediaId;ThumbMediaId")]
    [InlineData("""{"type":"image"}""", "image", "PicUrl;MediaId")]
    [InlineData("""{"type":"location","lat":39.908,"lng":116.397,"label":"天安门"}""", "location", "Location_X=39.908;Location_Y=116.397;Scale=16;Label=天安门")]
    [InlineData("""{"type":"link","title":"t","description":"d","url":"http://a"}""", "link", "Title=t;Description=d;Url=http://a")]
    [InlineData("""{"type":"miniprogrampage","title":"t","appId":"wx1","pagePath":"p"}""", "miniprogrampage", "Title=t;AppId=wx1;PagePath=p;ThumbUrl;ThumbMediaId")]
    [InlineData("""{"type":"file","title":"发票.pdf"}""", "file", "Title=发票.pdf;FileKey;FileMd5;FileTotalLen=1024")]
    [InlineData("""{"type":"text","content":"满意","menuId":"101"}""", "text", "Content=满意;bizmsgmenuid=101")]
    [InlineData("""{"type":"message","msgType":"device_text","fields":{"DeviceID":"1"}}""", "device_text", "DeviceID=1")]
    public async Task Every_kind_of_message_has_its_elements(string message, string type, string elements)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, JsonDocument.Parse(message).RootElement);
        var xml = host.Product.Received[^1].Xml();
        xml.Element("MsgType")!.Value.ShouldBe(type);
        xml.Element("MsgId").ShouldNotBeNull();
        foreach (var part in elements.Split(';').Select(part => part.Split('=', 2)))
            xml.Element(part[0]).ShouldNotBeNull(part[0]).Value.ShouldBe(part.Length == 2 ? part[1] : xml.Element(part[0])!.Value);
    }

    [Theory]
    [InlineData("""{"type":"click","key":"TRACK"}""", "CLICK", "EventKey=TRACK")]
    [InlineData("""{"type":"view","url":"http://a/b","menuId":"7"}""", "VIEW", "EventKey=http://a/b;MenuId=7")]
    [InlineData("""{"type":"view_miniprogram","path":"pages/a"}""", "view_miniprogram", "EventKey=pages/a")]
    [InlineData("""{"type":"scancode_waitmsg","key":"SCAN","code":"CODE_128,88001"}""", "scancode_waitmsg", "EventKey=SCAN;ScanCodeInfo/ScanType=barcode;ScanCodeInfo/ScanResult=CODE_128,88001")]
    [InlineData("""{"type":"scancode_push","key":"SCAN","code":"http://a"}""", "scancode_push", "ScanCodeInfo/ScanType=qrcode")]
    [InlineData("""{"type":"location_report","lat":39.9,"lng":116.4}""", "LOCATION", "Latitude=39.9;Longitude=116.4;Precision=40")]
    [InlineData("""{"type":"event","event":"kf_close_session","fields":{"KfAccount":"a@b"}}""", "kf_close_session", "KfAccount=a@b")]
    [InlineData("""{"type":"event","event":"subscribe_msg_popup_event","fields":{"SubscribeMsgPopupEvent":{"List":[{"TemplateId":"T"},{"TemplateId":"U"}]}}}""", "subscribe_msg_popup_event", "SubscribeMsgPopupEvent/List/TemplateId=T")]
    public async Task Every_kind_of_event_has_its_elements_and_no_message_id(string message, string name, string elements)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, JsonDocument.Parse(message).RootElement);
        var xml = host.Product.Received[^1].Xml();
        xml.Element("MsgType")!.Value.ShouldBe("event");
        xml.Element("Event")!.Value.ShouldBe(name);
        xml.Element("MsgId").ShouldBeNull();
        foreach (var part in elements.Split(';').Select(part => part.Split('=', 2)))
            part[0].Split('/').Aggregate(xml, (node, child) => node.Element(child).ShouldNotBeNull(part[0])).Value.ShouldBe(part[1]);
    }

    [Fact]
    public async Task Following_by_a_code_is_one_subscribe_and_scanning_it_again_is_SCAN()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower(follow: false);
        var created = await host.Call("/cgi-bin/qrcode/create", await host.AccessToken(),
            new { expire_seconds = 600, action_name = "QR_STR_SCENE", action_info = new { scene = new { scene_str = "outlet-7" } } });
        var ticket = created.GetProperty("ticket").GetString()!;
        await host.Say(openid, new { type = "scan", ticket });
        await host.Say(openid, new { type = "scan", ticket });
        var pushes = host.Product.Received.Select(push => push.Xml()).ToList();
        pushes.Select(push => push.Element("Event")!.Value).ShouldBe(["subscribe", "SCAN"]);
        pushes.Select(push => push.Element("EventKey")!.Value).ShouldBe(["qrscene_outlet-7", "outlet-7"]);
        pushes.ShouldAllBe(push => push.Element("Ticket")!.Value == ticket);
        (await host.Http.GetAsync($"{host.Address}/sandbox/wechat/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(ticket)}")).Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        var info = await host.Call("/cgi-bin/user/info", await host.AccessToken(), null, $"openid={openid}&lang=zh_CN");
        info.GetProperty("subscribe").GetInt32().ShouldBe(1);
        info.GetProperty("qr_scene_str").GetString().ShouldBe("outlet-7");
    }

    [Fact]
    public async Task Leaving_is_told_and_whoever_left_cannot_write()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, new { type = "unsubscribe" });
        host.Product.Received[^1].Xml().Element("Event")!.Value.ShouldBe("unsubscribe");
        using var refused = await host.Http.PostAsync($"{host.Address}/sandbox/control/say",
            new StringContent($$"""{"openid":"{{openid}}","message":"在吗"}""", System.Text.Encoding.UTF8, "application/json"));
        ((int)refused.StatusCode).ShouldBe(409);
        var info = await host.Call("/cgi-bin/user/info", await host.AccessToken(), null, $"openid={openid}");
        info.GetProperty("subscribe").GetInt32().ShouldBe(0);
        info.TryGetProperty("subscribe_time", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Choosing_a_place_or_pictures_is_an_event_and_then_the_message()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Say(openid, new { type = "location_select", key = "NEAR", lat = 31.23, lng = 121.47, label = "上海", poi = "人民广场" });
        await host.Say(openid, new { type = "pic_photo_or_album", key = "PIC", count = 2 });
        host.Product.Received.Skip(1).Select(push => push.Xml()).Select(xml => xml.Element("Event")?.Value ?? xml.Element("MsgType")!.Value)
            .ShouldBe(["location_select", "location", "pic_photo_or_album", "image", "image"]);
    }

    [Fact]
    public async Task A_message_can_be_sent_again_with_the_same_id_and_time()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var message = new { type = "text", content = "88001", msgId = 4711, createTime = 1_700_000_000 };
        await host.Say(openid, message);
        await host.Say(openid, message);
        var bodies = host.Product.Received.Skip(1).Select(push => push.Body).ToList();
        bodies[0].ShouldBe(bodies[1]);
        bodies[0].ShouldContain("4711");
    }
}
