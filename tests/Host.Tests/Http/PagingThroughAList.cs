using Courier.Http;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Http;

public sealed class PagingThroughAList : IAsyncLifetime
{
    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await ApiWithEndpointsOfItsOwn.Start(routes => routes.MapGet("/test/numbers", (PageRequest page) =>
    {
        var from = page.After is null ? 0 : int.Parse(page.After["第".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var items = Enumerable.Range(from, page.Limit).Where(n => n < 45).ToList();
        return Page<int>.Of(items, from + page.Limit < 45 ? $"第{from + page.Limit}" : null);
    }).ForAnyone("a test"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Following_the_cursor_shows_every_item_once()
    {
        var seen = new List<int>();
        string? cursor = "";
        while (cursor is not null)
        {
            var (_, page) = await _app.Ask(HttpMethod.Get, $"/test/numbers?cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetInt32()));
            cursor = page.GetProperty("next").GetString();
        }
        seen.ShouldBe(Enumerable.Range(0, 45));
    }

    [Theory]
    [InlineData("cursor=%21%21", "request.cursor_invalid", "cursor")]
    [InlineData("limit=0", "request.field_invalid", "limit")]
    [InlineData("limit=101", "request.field_invalid", "limit")]
    [InlineData("limit=x", "request.field_invalid", "limit")]
    public async Task A_wrong_cursor_or_limit_is_refused(string query, string code, string field)
    {
        var (status, problem) = await _app.Ask(HttpMethod.Get, "/test/numbers?" + query);
        status.ShouldBe(400);
        problem.Code().ShouldBe(code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task The_largest_page_is_a_hundred() =>
        (await _app.Ask(HttpMethod.Get, "/test/numbers?limit=100")).Body.GetProperty("items").GetArrayLength().ShouldBe(45);
}
