using System.Net;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

public sealed class AskingForAParcel(ApiApp app) : IClassFixture<ApiApp>
{
    [Fact]
    public async Task A_wrong_tail_a_hidden_parcel_and_an_unknown_number_are_answered_alike()
    {
        var (parcel, missing) = (await app.AParcel(), app.NewNumber());
        string[] answers = [.. (await Task.WhenAll(LookUp(parcel, "0000"), LookUp(parcel, null), LookUp(missing, "0000"), LookUp(missing, null)))
            .Select(a => a.Text.Replace(parcel, "N", StringComparison.Ordinal).Replace(missing, "N", StringComparison.Ordinal))];
        answers.Distinct().ShouldHaveSingleItem().ShouldContain("\"status\":\"unknown\"");
    }

    [Fact]
    public async Task The_sixth_try_within_an_hour_is_refused_from_wherever_it_comes()
    {
        var parcel = await app.AParcel();
        var customer = await app.ACustomer();
        for (var i = 0; i < 5; i++) Status(await LookUp(parcel, "0000", i % 2 == 0 ? customer : null)).ShouldBe("unknown");
        Status(await LookUp(parcel, "2222")).ShouldBe("too_many_tries");
    }

    [Fact]
    public async Task Up_to_fifteen_numbers_are_answered_in_their_order()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => app.AParcel()));
        var answer = await app.Send(HttpMethod.Post, "parcels/lookup", new { waybills = numbers, phoneTail = "2222" });
        answer.Json.GetProperty("parcels").EnumerateArray().Select(p => p.GetProperty("waybill").GetString()).ShouldBe(numbers);
        answer.Json.GetProperty("parcels").EnumerateArray().ShouldAllBe(p => p.GetProperty("status").GetString() == "registered");
    }

    [Theory]
    [InlineData("{}", "waybills")]
    [InlineData("{\"waybills\":[]}", "waybills")]
    [InlineData("{\"waybills\":[\"CY1234567890128\",\"??\"]}", "waybills[1]")]
    [InlineData("{\"waybills\":[null]}", "waybills[0]")]
    [InlineData("{\"waybills\":[\"CY1234567890128\"],\"phoneTail\":\"12\"}", "phoneTail")]
    [InlineData("{\"waybills\":[\"CY1234567890128\"],\"phoneTail\":\"12a4\"}", "phoneTail")]
    [InlineData("{\"waybills\":[\"A00001\",\"A00002\",\"A00003\",\"A00004\",\"A00005\",\"A00006\",\"A00007\",\"A00008\",\"A00009\",\"A00010\",\"A00011\",\"A00012\",\"A00013\",\"A00014\",\"A00015\",\"A00016\"]}", "waybills")]
    public async Task A_wrong_body_names_its_field(string body, string field)
    {
        var answer = await app.Send(HttpMethod.Post, "parcels/lookup", body);
        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        answer.Json.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_mistyped_number_of_ours_and_anothers_number_get_their_hints()
    {
        var mistyped = app.NewNumber();
        mistyped = mistyped[..^1] + (char)('0' + (mistyped[^1] - '0' + 1) % 10);
        (await LookUp(mistyped, null)).Text.ShouldContain("校验位不符");
        (await LookUp("SF1234567890123", null)).Text.ShouldContain("顺丰速运");
    }

    [Fact]
    public async Task My_own_parcels_need_no_tail_and_nobody_elses_are_mine()
    {
        var phone = app.NewPhone();
        var number = await app.AParcel(recipient: phone);
        var (me, stranger) = (await app.ACustomer(phone), await app.ACustomer());
        var mine = await ApiApp.Send(me, HttpMethod.Get, "parcels/" + number);
        mine.Json.GetProperty("role").GetString().ShouldBe("recipient");
        mine.Json.GetProperty("promisedBy").GetString().ShouldBe("2026-11-24T18:00:00+08:00");
        (await ApiApp.Send(stranger, HttpMethod.Get, "parcels/" + number)).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(me, HttpMethod.Get, "parcels/" + app.NewNumber())).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(me, HttpMethod.Get, "parcels/a")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Send(HttpMethod.Get, "parcels/" + number)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_named_the_tail_once_follows_and_sees_the_parcel_from_then_on()
    {
        var number = await app.AParcel();
        var me = await app.ACustomer();
        Status(await LookUp(number, null, me)).ShouldBe("unknown");
        (await LookUp(number, "2222", me)).Json.GetProperty("parcels")[0].GetProperty("follows").GetBoolean().ShouldBeTrue();
        Status(await LookUp(number, null, me)).ShouldBe("registered");
        (await app.App.Get<Db>().First<long>("select count(*) from parcels_followers f join parcels_parcels p on p.id = f.parcel_id where p.waybill = @number", new { number })).ShouldBe(1);
    }

    [Fact]
    public async Task My_parcels_are_listed_by_side_and_state_in_pages()
    {
        var phone = app.NewPhone();
        var me = await app.ACustomer(phone);
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            app.App.Clock.Advance(TimeSpan.FromSeconds(1));
            numbers.Insert(0, await app.AParcel(sender: phone));
        }
        await app.Events(app.Event(numbers[0], "signed"));
        var first = await ApiApp.Send(me, HttpMethod.Get, "parcels?role=sender&limit=2");
        Waybills(first).ShouldBe(numbers[..2]);
        Waybills(await ApiApp.Send(me, HttpMethod.Get, "parcels?role=sender&limit=2&cursor=" + first.Json.GetProperty("next").GetString())).ShouldBe(numbers[2..]);
        Waybills(await ApiApp.Send(me, HttpMethod.Get, "parcels?role=recipient")).ShouldBeEmpty();
        Waybills(await ApiApp.Send(me, HttpMethod.Get, "parcels?state=done")).ShouldBe(numbers[..1]);
        Waybills(await ApiApp.Send(me, HttpMethod.Get, "parcels?state=open")).ShouldBe(numbers[1..]);
        (await ApiApp.Send(me, HttpMethod.Get, "parcels?role=boss")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await ApiApp.Send(me, HttpMethod.Get, "parcels?state=lost")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await ApiApp.Send(me, HttpMethod.Get, "parcels?cursor=%21")).ShouldBeRefused(HttpStatusCode.BadRequest, "request.cursor_invalid");
        (await app.Send(HttpMethod.Get, "parcels")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_answer_holds_a_name_a_phone_or_an_address_in_clear()
    {
        var phone = app.NewPhone();
        var number = await app.AParcel(sender: phone);
        await app.Events(app.Event(number, "out_for_delivery", 1, $"联系收件人13800002222或派件员 137 1234 5678，座机0571-87654321"));
        var me = await app.ACustomer(phone);
        foreach (var answer in new[] { await LookUp(number, "2222"), await ApiApp.Send(me, HttpMethod.Get, "parcels/" + number), await ApiApp.Send(me, HttpMethod.Get, "parcels") })
        {
            foreach (var secret in new[] { phone, "13800002222", "137 1234 5678", "87654321", "王小明", "李小雷", "文三路", "世纪大道" })
                answer.Text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Guests_are_slowed_down()
    {
        await using var own = await Testing.CourierApp.Start();
        HttpStatusCode last = default;
        for (var i = 0; i < 61; i++) last = (await ApiApp.Send(own.Http, HttpMethod.Post, "parcels/lookup", new { waybills = new[] { "CY1234567890128" } })).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private Task<Answer> LookUp(string number, string? tail, HttpClient? client = null) =>
        ApiApp.Send(client ?? app.App.Http, HttpMethod.Post, "parcels/lookup", new { waybills = new[] { number }, phoneTail = tail });

    private static string? Status(Answer answer) => answer.Json.GetProperty("parcels")[0].GetProperty("status").GetString();

    private static List<string> Waybills(Answer answer) => [.. answer.Json.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("waybill").GetString()!)];
}
