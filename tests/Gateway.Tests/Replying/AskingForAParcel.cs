using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Parcels;
using Courier.Testing;

namespace Courier.Gateway.Tests.Replying;

public sealed class AskingForAParcel(GatewayApp gateway) : IClassFixture<GatewayApp>
{
    private static int _serial = 100;

    private CourierApp App => gateway.App;

    [Theory]
    [InlineData("{0}")]
    [InlineData("查一下{0}谢谢")]
    [InlineData("单号：{0}")]
    [InlineData("我的快递 {0} 到哪了？")]
    [InlineData("https://example.com/t?no={0}")]
    [InlineData("{0}\n")]
    public async Task A_number_anywhere_in_a_text_is_found_but_shown_only_with_the_digits_of_a_phone(string phrase)
    {
        var waybill = await AParcel();
        var me = Pushes.ToOfficial(App);
        var hidden = await me.Say(string.Format(System.Globalization.CultureInfo.InvariantCulture, phrase, waybill));
        hidden.ShouldContain(waybill);
        hidden.ShouldNotContain("运输中");
        (await me.Say("0000")).ShouldNotContain("运输中", customMessage: "a wrong tail");
        var shown = await me.Say("尾号6789");
        shown.ShouldContain("运输中");
        shown.ShouldContain("杭州");
        (await me.Say(waybill)).ShouldContain("运输中", customMessage: "who may see a parcel follows it");
    }

    [Fact]
    public async Task An_unknown_number_is_answered_like_somebody_elses()
    {
        var waybill = await AParcel();
        var unknown = Own(Interlocked.Increment(ref _serial));
        var one = await Pushes.ToOfficial(App).Say(waybill);
        var other = await Pushes.ToOfficial(App).Say(unknown);
        one.Replace(waybill, "X").ShouldBe(other.Replace(unknown, "X"));
    }

    [Fact]
    public async Task A_mistyped_number_is_told_by_its_check_digit()
    {
        var right = Own(Interlocked.Increment(ref _serial));
        var mistyped = right[..^1] + (char)('0' + (right[^1] - '0' + 1) % 10);
        (await Pushes.ToOfficial(App).Say(mistyped)).ShouldContain("校验位");
    }

    [Fact]
    public async Task Digits_sent_along_with_the_number_are_enough_and_full_width_does_not_matter()
    {
        var waybill = await AParcel();
        (await Pushes.ToOfficial(App).Say($"{waybill} 6789")).ShouldContain("运输中");
        var wide = new string([.. waybill.Select(c => (char)(c + 0xFEE0))]);
        (await Pushes.ToOfficial(App).Say($"{wide}　６７８９")).ShouldContain("运输中");
    }

    [Fact]
    public async Task More_than_fifteen_numbers_are_told_that_some_were_left_out_and_how_to_see_the_hidden_ones()
    {
        var answer = await Pushes.ToOfficial(App).Say(string.Join(' ', Enumerable.Range(0, 18).Select(i => $"YT{7000000000000 + i}")));
        answer.ShouldContain("手机号后四位");
        answer.ShouldEndWith("还有 3 个没有查，请分开再发");
        System.Text.Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public async Task Fifteen_numbers_at_once_fit_into_one_answer()
    {
        var waybills = new List<string>();
        for (var i = 0; i < 15; i++) waybills.Add(await AParcel());
        var answer = await Pushes.ToOfficial(App).Say(string.Join('\n', waybills));
        waybills.ShouldAllBe(w => answer.Contains(w));
        System.Text.Encoding.UTF8.GetByteCount(answer).ShouldBeLessThanOrEqualTo(2048);
    }

    [Theory]
    [InlineData("barcode", "CODE_128,{0}")]
    [InlineData("qrcode", "https://example.com/w/{0}?from=label")]
    public async Task A_scanned_label_is_a_question_for_its_parcel(string type, string content)
    {
        var waybill = await AParcel();
        var me = Pushes.ToOfficial(App);
        var result = string.Format(System.Globalization.CultureInfo.InvariantCulture, content, waybill);
        (await me.Tell(me.EventXml("scancode_waitmsg", $"<EventKey>scan</EventKey><ScanCodeInfo><ScanType>{type}</ScanType><ScanResult>{result}</ScanResult></ScanCodeInfo>"))).ShouldContain(waybill);
        (await me.Say("6789")).ShouldContain("运输中");
    }

    [Fact]
    public async Task The_code_on_a_label_that_makes_somebody_follow_is_about_its_parcel()
    {
        var waybill = await AParcel();
        var me = Pushes.ToOfficial(App);
        var welcome = await me.Tell(me.EventXml("subscribe", $"<EventKey>qrscene_wb_{waybill}</EventKey><Ticket>t</Ticket>"));
        welcome.ShouldContain("欢迎");
        welcome.ShouldContain(waybill);
        (await me.Say("6789")).ShouldContain("运输中");
    }

    [Fact]
    public async Task The_digits_are_waited_for_ten_minutes()
    {
        var waybill = await AParcel();
        var me = Pushes.ToOfficial(App);
        await me.Say(waybill);
        App.Clock.Advance(TimeSpan.FromMinutes(11));
        (await me.Say("6789")).ShouldNotContain("运输中");
    }

    [Fact]
    public async Task The_number_one_shows_both_sides_masked_to_whom_the_phone_belongs()
    {
        var phone = $"1390002{Interlocked.Increment(ref _serial):0000}";
        var waybill = await AParcel(recipient: phone);
        var me = Pushes.ToOfficial(App);
        (await me.Say("1")).ShouldNotContain(waybill);
        (await me.Say($"1 {waybill}")).ShouldNotContain("李");
        await me.Say($"绑定手机 {phone}");
        (await me.Say(System.Text.RegularExpressions.Regex.Match(gateway.Sms.LastText, @"\d{6}").Value)).ShouldContain("成功");
        await App.Settle();
        foreach (var words in new[] { "1", $"1 {waybill}", $"1，{waybill}", "回复1", "核对收寄方 " + waybill })
        {
            var parties = await me.Say(words);
            parties.ShouldContain(waybill, customMessage: words);
            parties.ShouldContain("寄件人：");
            parties.ShouldNotContain("李小明");
            parties.ShouldNotContain(phone);
        }
        (await me.Say("我的快递")).ShouldContain(waybill);
    }

    private async Task<string> AParcel(string recipient = "13912346789")
    {
        var waybill = Own(Interlocked.Increment(ref _serial));
        var registered = await RegisterWaybills.Execute(App.Get<Db>(), App.Get<DataKeys>(), App.Clock, "demo",
            [new WaybillReport { Waybill = waybill, Sender = Party("李小明", "13812340001", "深圳市", "广东省", "南山区"), Recipient = Party("王大力", recipient, "杭州市", "浙江省", "西湖区"), WeightGrams = 800 }], default);
        registered.Rejected.ShouldBeEmpty();
        await RecordRoutes.Execute(App.Get<Db>(), App.Clock, "demo", [new RouteReport
        {
            Id = "e" + waybill, Waybill = waybill, Code = "departed", Time = App.Clock.GetUtcNow().AddMinutes(-5).ToString("O"), City = "杭州市", Place = "杭州转运中心", Text = "快件已离开杭州转运中心",
        }], default);
        return waybill;
    }

    private static PartyReport Party(string name, string phone, string city, string province, string district) =>
        new() { Name = name, Phone = phone, Province = province, City = city, District = district, Detail = "文三路 1 号" };

    private static string Own(int serial)
    {
        var digits = $"77{serial:0000000000}";
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = digits[^(i + 1)] - '0';
            sum += i % 2 == 1 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2;
        }
        return "CY" + digits + (10 - sum % 10) % 10;
    }
}
