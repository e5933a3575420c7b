using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>The pages of a customer who is signed in: products, codes and family, the receiving side, many recipients, privacy and consents.</summary>
[Collection(nameof(Browser))]
public sealed class CustomerSettlesThingsInTheApp(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    private static readonly Dictionary<string, string> Csrf = new() { ["X-Courier-Csrf"] = "1" };

    [Fact]
    public async Task Goes_from_a_product_to_an_order_that_is_filled_in_and_sees_what_is_nearby()
    {
        var courier = running.Courier;
        var page = await Browser.OpenApp(courier.Address, "/pages/products/products");
        await Expect(page.Visible("product").First).ToContainTextAsync("价格示例");
        await Browser.Keep(page, "50-app-products");
        await page.Visible("order-product").Nth(1).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("send/send.*product=express"));

        await page.Go(courier.Address, "/pages/nearby/nearby?kind=locker&place=%E6%9D%AD%E5%B7%9E%E5%B8%82%E8%A5%BF%E6%B9%96%E5%8C%BA");
        await Expect(page.Visible("place").First).ToContainTextAsync("空格口");
        await Browser.Keep(page, "51-app-nearby");
        await page.Visible("kind-outlet").ClickAsync();
        await Expect(page.Visible("place").First).ToContainTextAsync("最重");
    }

    [Fact]
    public async Task Keeps_codes_and_shares_them_with_a_family_that_joins_by_a_link()
    {
        var courier = running.Courier;
        var mother = await SignedIn(courier, "13911117721", "/pages/codes/codes");
        await mother.Fill("code-text", "【菜鸟驿站】您的圆通包裹已到科苑店，请凭12-3-4567到科苑店领取。");
        await mother.Visible("keep-code").ClickAsync();
        await Expect(mother.Visible("the-code")).ToHaveTextAsync("12-3-4567");
        await mother.Visible("to-family").ClickAsync();
        await Expect(mother.Visible("state-empty")).ToContainTextAsync("还没有家庭组");
        await mother.Fill("name", "妈妈");
        await mother.Visible("invite").ClickAsync();
        var link = await mother.Visible("invite-link").InnerTextAsync();
        await Browser.Keep(mother, "52-app-family-invited");

        var son = await SignedIn(courier, "13911117700", link[link.IndexOf("#/", StringComparison.Ordinal)..][1..]);
        await Expect(son.Visible("invitation")).ToContainTextAsync("家人邀请您");
        await son.Fill("name", "小雷");
        await son.Visible("join").ClickAsync();
        await Expect(son.Visible("member")).ToHaveCountAsync(2);
        await Browser.Keep(son, "53-app-family");
        await son.Go(courier.Address, "/pages/codes/codes");
        await Expect(son.Visible("code-card")).ToContainTextAsync("妈妈");
        await Browser.Keep(son, "54-app-codes");
        await mother.Go(courier.Address, "/pages/codes/family");
        await Expect(mother.Visible("member")).ToHaveCountAsync(2);
        await mother.Visible("leave").ClickAsync();
        await mother.Confirm();
        await Expect(mother.Visible("state-empty")).ToContainTextAsync("还没有家庭组");
    }

    [Fact]
    public async Task Has_a_parcel_brought_another_way_and_takes_it_back()
    {
        var courier = running.Courier;
        var waybill = (await courier.Http.PostJson("/simulator/parcels", new { recipientPhone = "13911117722" }))["waybill"]!.GetValue<string>();
        await courier.Http.PostJson($"/simulator/parcels/{waybill}/advance", new { to = "picked_up" });
        var page = await SignedIn(courier, "13911117722", "/pages/track/track?waybill=" + waybill);
        await page.Visible("steer").ClickAsync();
        await page.Visible("direction-neighbour").GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("wrong")).ToContainTextAsync("请填写哪一户邻居");
        await page.Fill("place-words", "3幢502张阿姨");
        await Browser.Keep(page, "55-app-neighbour");
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("asked")).ToContainTextAsync("3幢502张阿姨");
        await page.Visible("direction-other_time").GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("asked")).ToContainTextAsync("换个时间送");
        await Browser.Keep(page, "56-app-delivery");
        await page.Visible("undo").ClickAsync();
        await Expect(page.Visible("asked")).ToHaveCountAsync(0);
        await page.Visible("direction-correct").GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Fill("correct-name", "周梅");
        await page.Visible("submit").ClickAsync();
        await Expect(page.Visible("correct-name")).ToHaveCountAsync(0);
        await Expect(page.GetByText("已提交，派送员会看到")).ToBeVisibleAsync();
        await Expect(page.Visible("wrong")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Sends_to_everybody_on_a_pasted_list_with_one_pickup()
    {
        var courier = running.Courier;
        var page = await SignedIn(courier, "13911117723", "/pages/batch/batch");
        await page.Paste("sender", "李四 13900001111 广东省深圳市南山区粤海街道科技园科苑路15号", "南山区");
        await page.Fill("list", string.Join('\n', Enumerable.Range(1, 49).Select(n => $"收件{Numeral(n)} 138{n:d4}5678 上海市浦东新区世纪大道{n}号")) + "\n王小明 北京市朝阳区阜通东大街6号");
        await page.Visible("read-list").ClickAsync();
        await Expect(page.Visible("draft")).ToHaveCountAsync(50);
        var doubtful = page.Locator("[data-testid=draft][data-ready=false]");
        await Expect(doubtful).ToHaveCountAsync(1);
        await Expect(doubtful.GetByTestId("doubt")).ToContainTextAsync("手机");
        await doubtful.ScrollIntoViewIfNeededAsync();
        await Browser.Keep(page, "57-app-many-doubtful");
        await doubtful.GetByTestId("edit").ClickAsync();
        await page.Fill("edit-phone", "13912345678");
        await page.Visible("settle").ClickAsync();
        await Expect(page.Visible("found")).ToContainTextAsync("共 50 人，50 人无需核对");
        await page.Fill("goods-name", "样品");
        await Expect(page.Locator("[data-testid=slot][aria-pressed=true]")).ToHaveCountAsync(1);
        await page.Visible("price").ClickAsync();
        await Expect(page.Locator(".bar-inner .big")).ToContainTextAsync("¥");
        await Browser.Keep(page, "58-app-many-priced");
        await page.Visible("place-order").ClickAsync();
        await Expect(page.Visible("order-status")).ToHaveTextAsync(DoorOrder.BeforeThePickup());
        await Browser.Keep(page, "59-app-many-placed");
    }

    [Fact]
    public async Task Reads_recipients_from_a_spreadsheet_and_takes_an_address_that_a_friend_shared()
    {
        var courier = running.Courier;
        var page = await SignedIn(courier, "13911117724", "/pages/batch/batch");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Visible("choose-file").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "名单.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes("姓名,电话,地址\n韩梅梅,13800138001,北京市朝阳区建国路88号\n李雷,13800138002,上海市浦东新区世纪大道100号\n"),
        });
        await Expect(page.Visible("found")).ToContainTextAsync("共 2 人，2 人无需核对");

        var saved = await page.APIRequest.PostAsync(new Uri(courier.Address, "/api/customer/v1/addresses").ToString(), new()
        {
            Headers = Csrf, DataObject = new { name = "李小雷", phone = "13800002222", province = "上海市", city = "上海市", district = "浦东新区", detail = "世纪大道 2 号" },
        });
        var id = (await saved.JsonAsync())!.Value.GetProperty("id").GetString();
        var shared = await page.APIRequest.PostAsync(new Uri(courier.Address, $"/api/customer/v1/addresses/{id}/share").ToString(), new() { Headers = Csrf, DataObject = new { } });
        var link = (await shared.JsonAsync())!.Value.GetProperty("url").GetString()!;
        var friend = await SignedIn(courier, "13911117701", link[link.IndexOf("#/", StringComparison.Ordinal)..][1..]);
        await friend.Visible("take").ClickAsync();
        await Expect(friend.Visible("address")).ToContainTextAsync("李小雷");
    }

    [Fact]
    public async Task Sees_copies_and_corrects_the_own_data_closes_the_account_and_takes_that_back()
    {
        var courier = running.Courier;
        var page = await SignedIn(courier, "13911117725", "/pages/privacy/privacy");
        await page.Visible("personal").ClickAsync();
        await Expect(page.Visible("personal")).ToHaveAttributeAsync("aria-checked", "false");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Visible("export").ClickAsync());
        file.SuggestedFilename.ShouldEndWith(".zip");
        await page.Fill("correction", "王晓明");
        await page.Visible("correct").ClickAsync();
        await Expect(page.Visible("told")).ToContainTextAsync("回执号");
        await Expect(page.Visible("requests")).ToContainTextAsync("更正");
        await Browser.Keep(page, "60-app-privacy");
        await page.Visible("close-account").ClickAsync();
        await page.Confirm();
        await Expect(page.Visible("closing")).ToContainTextAsync("注销");
        await Browser.Keep(page, "61-app-closing");
        await page.Visible("restore").ClickAsync();
        await Expect(page.Visible("closing")).ToHaveCountAsync(0);

        await page.Go(courier.Address, "/pages/consents/consents");
        await page.Visible("consent-locker").ClickAsync();
        await Expect(page.Visible("consent-locker")).ToHaveAttributeAsync("aria-checked", "true");
        await page.Visible("size-L").ClickAsync();
        await Expect(page.Visible("consent-locker").GetByTestId("standing")).ToHaveTextAsync("按总的设置");
        await Browser.Keep(page, "62-app-consents");
    }

    [Fact]
    public async Task Scans_a_waybill_inside_wechat_with_the_signed_sdk()
    {
        var courier = running.Courier;
        var page = await Browser.OpenInWechat(courier.Address, "/pages/home/home", scans: "CODE_128,CY8000000000012");
        await page.Visible("scan").ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("track/track\\?waybill=CY8000000000012"));
    }

    private async Task<IPage> SignedIn(CourierProcess courier, string phone, string path)
    {
        var page = await Browser.OpenApp(courier.Address, "/pages/sign-in/sign-in?next=" + Uri.EscapeDataString(path));
        await page.SignIn(courier.Http, phone);
        return page;
    }

    // A name of one of the hundred everyday characters is a name; digits in it would not be.
    private static string Numeral(int n) => "零一二三四五六七八九"[n / 10].ToString() + "零一二三四五六七八九"[n % 10];
}
