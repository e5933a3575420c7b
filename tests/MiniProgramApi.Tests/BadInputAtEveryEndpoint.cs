using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

/// <summary>
/// Each operation of the interface document is asked wrongly in all the ways there are. Whatever is refused, <see cref="ApiApp.Send(HttpClient,HttpMethod,string,object,string)"/>
/// sees to it that the document names the refusal.
/// </summary>
public sealed partial class BadInputAtEveryEndpoint : IAsyncLifetime
{
    private const string Root = "/api/customer/v1/";
    private static readonly string Long = new('长', 9_000);

    private readonly ApiApp _app = new() { Demo = true };
    private InterfaceText _document = null!;
    private HttpClient _me = null!;

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        _document = await InterfaceText.Of(_app.App.Http);
        _me = await _app.ACustomer(_app.NewPhone());
    }

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Who_is_not_signed_in_any_more_is_told_so()
    {
        using var ended = await _app.ACustomer();
        (await ApiApp.Send(ended, HttpMethod.Delete, "session")).Status.ShouldBe(HttpStatusCode.NoContent);
        using var expired = await _app.ACustomer();
        using var unknown = _app.App.NewClient();
        unknown.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nobody-has-this-token");
        await _app.App.Get<Db>().Execute("update customers_sessions set expires_at = @now", new { now = _app.App.Clock.GetUtcNow() });
        foreach (var operation in _document.Operations.Where(o => o.IsForCustomers))
            foreach (var client in new[] { _app.App.Http, ended, expired, unknown })
                (await Send(client, operation, Example(operation))).ShouldBeRefused(HttpStatusCode.Unauthorized, "request.sign_in_first");
    }

    [Theory]
    [InlineData("{", "request.json_invalid")]
    [InlineData("[]", null)]
    [InlineData("7", null)]
    [InlineData("\"text\"", null)]
    public async Task A_body_that_is_no_object_is_refused(string body, string? code)
    {
        foreach (var operation in WithBody())
        {
            var answer = await Send(_me, operation, body);
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, $"{operation}: {answer.Text}");
            if (code is not null) answer.Code.ShouldBe(code, operation.Name);
        }
    }

    [Fact]
    public async Task A_body_without_anything_in_it_breaks_nothing()
    {
        foreach (var operation in WithBody())
            foreach (var body in new[] { "", "{}", "null" })
                ((int)(await Send(_me, operation, body)).Status).ShouldBeLessThan(500, $"{operation} with '{body}'");
    }

    [Fact]
    public async Task A_value_of_another_type_is_refused_by_its_field()
    {
        foreach (var operation in WithBody())
            foreach (var (name, schema) in Fields(operation))
            {
                var body = Example(operation)!.AsObject();
                body[name] = IsObject(schema) ? JsonValue.Create(7) : new JsonObject { ["x"] = 1 };
                var answer = await Send(_me, operation, body);
                answer.ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
                answer.Json.GetProperty("field").GetString()!.ShouldStartWith(name, customMessage: operation.Name);
            }
    }

    [Fact]
    public async Task A_text_of_nine_thousand_characters_is_refused_where_it_means_too_much()
    {
        foreach (var operation in WithBody())
            foreach (var (name, _) in Fields(operation).Where(f => Types(f.Schema).Contains("string") && !IsLongOnPurpose(operation, f.Name)))
            {
                var body = Example(operation)!.AsObject();
                body[name] = Long;
                ((int)(await Send(_me, operation, body)).Status).ShouldBeInRange(400, 499, $"{operation}.{name}");
            }
    }

    [Fact]
    public async Task A_body_of_nine_million_characters_is_refused_unread()
    {
        foreach (var operation in WithBody())
        {
            using var request = new HttpRequestMessage(operation.Method, Filled(operation)) { Content = new StringContent($"\"{new string('a', 9_000_000)}\"", Encoding.UTF8, "application/json") };
            request.Headers.ExpectContinue = true;
            var answer = await Answer.Of(await _me.SendAsync(request));
            answer.ShouldBeRefused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
            _document.ShouldKnow(operation.Method, operation.Path, answer);
            _app.App.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task What_stands_in_an_address_breaks_nothing()
    {
        foreach (var operation in _document.Operations)
            foreach (var nonsense in new[] { "%00", "..", "'%20or%201=1--", new string('9', 3000), "%F0%9F%92%A5" })
            {
                var path = Filled(operation, nonsense) + "?" + string.Join('&', operation.QueryParameters.Select(q => $"{q}={nonsense}"));
                ((int)(await Send(_me, operation, Example(operation), path)).Status).ShouldBeLessThan(500, path);
            }
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_answered_like_what_does_not_exist()
    {
        var owner = await new Belongings(_app).Make();
        foreach (var operation in _document.Operations.Where(o => o.IsForCustomers && o.PathParameters.Any()))
        {
            var id = owner.Of(operation.Path);
            var theirs = await Send(_me, operation, Example(operation), Filled(operation, id));
            var nobodys = await Send(_me, operation, Example(operation), Filled(operation, Digit().Replace(id, "7", 3)));
            theirs.Status.ShouldBe(HttpStatusCode.NotFound, $"{operation}: {theirs.Text}");
            (nobodys.Status, nobodys.Code, Title(nobodys)).ShouldBe((theirs.Status, theirs.Code, Title(theirs)), operation.Name);
        }
    }

    [Fact]
    public async Task A_key_serves_one_request_and_has_a_form()
    {
        var kept = 0;
        foreach (var operation in _document.Operations.Where(o => o.TakesKey && o.Name != "SignOut")) // after it nobody is there whose key it would be
        {
            (await Send(_me, operation, Example(operation), key: new string('k', 101))).ShouldBeRefused(HttpStatusCode.BadRequest, "idempotency.key_malformed");
            var key = $"key-of-{operation}";
            var first = await Send(_me, operation, Example(operation), key: key);
            if (first.Status is HttpStatusCode.Conflict or HttpStatusCode.BadRequest) continue; // nothing was done, and the key is free
            (await Send(_me, operation, "{\"second\":true}", key: key)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
            kept++;
        }
        kept.ShouldBeGreaterThan(15);
    }

    private static string? Title(Answer refusal) => refusal.Json.GetProperty("title").GetString();

    private List<Operation> WithBody() => [.. _document.Operations.Where(o => o.Body is not null)];

    private IEnumerable<(string Name, JsonNode Schema)> Fields(Operation operation) =>
        _document.Resolve(operation.Body!["schema"]!["oneOf"]?.AsArray().FirstOrDefault(s => s!["$ref"] is not null) ?? operation.Body["schema"])["properties"]!.AsObject().Select(p => (p.Key, p.Value!));

    private static bool IsObject(JsonNode schema) => schema["$ref"] is not null || schema["oneOf"] is not null || Types(schema).Contains("object");

    private static IReadOnlyList<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(t => t!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    // A pasted list may be long; beside a pasted message the fields of a single code are not read.
    private static bool IsLongOnPurpose(Operation operation, string field) => (operation.Name, field) is ("ParseAddresses", "text") or ("KeepCodes", not "text");

    private static JsonNode? Example(Operation operation) => operation.Body?["example"]?.DeepClone();

    private static string Filled(Operation operation, string value = "00000000000000000000000000000000") => Placeholder().Replace(operation.Path, value);

    private async Task<Answer> Send(HttpClient client, Operation operation, object? body, string? path = null, string? key = null)
    {
        _app.App.Clock.Advance(TimeSpan.FromSeconds(10)); // for the limits a minute
        return await ApiApp.Send(client, operation.Method, (path ?? Filled(operation))[Root.Length..], operation.Body is null && key is null ? null : (body as JsonNode)?.ToJsonString() ?? body, key);
    }

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[0-9a-f]", RegexOptions.RightToLeft)]
    private static partial Regex Digit();

    /// <summary>Somebody who has one of everything.</summary>
    private sealed class Belongings(ApiApp app)
    {
        private readonly Dictionary<string, string> _ids = [];

        public async Task<Belongings> Make()
        {
            var phone = app.NewPhone();
            var owner = await app.ACustomer(phone);
            _ids["parcels"] = await app.AParcel(recipient: phone);
            var address = new { name = "李小雷", phone = "13800002222", province = "上海市", city = "上海市", district = "浦东新区", detail = "世纪大道 2 号" };
            _ids["addresses"] = (await ApiApp.Send(owner, HttpMethod.Post, "addresses", address)).Json.GetProperty("id").GetString()!;
            _ids["codes"] = (await ApiApp.Send(owner, HttpMethod.Post, "codes", new { code = "A-1", place = "驿站" })).Json.GetProperty("added")[0].GetProperty("id").GetString()!;
            await ApiApp.Send(owner, HttpMethod.Post, "family/invites", new { });
            _ids["family"] = (await ApiApp.Send(owner, HttpMethod.Get, "family")).Json.GetProperty("members")[0].GetProperty("id").GetString()!;
            _ids["orders"] = await AnOrder(owner);
            _ids["organisations"] = await app.AnOrganisation("91350100M000100Y43", phone);
            return this;
        }

        public string Of(string path) => _ids[path[Root.Length..].Split('/')[0]];

        private async Task<string> AnOrder(HttpClient owner)
        {
            object Party(string name, string province, string city, string district) => new { name, phone = "13800002222", province, city, district, detail = "文三路 1 号" };
            var goods = new { kind = "clothing", weightGrams = 900 };
            var (from, to) = (Party("王小明", "浙江省", "杭州市", "西湖区"), Party("李小雷", "上海市", "上海市", "浦东新区"));
            var quote = (await ApiApp.Send(owner, HttpMethod.Post, "quotes", new { from, to, goods, pickup = "door" })).Json.GetProperty("quoteId").GetString();
            var day = app.App.Clock.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var placed = await ApiApp.Send(owner, HttpMethod.Post, "orders", new { kind = "door", sender = from, recipient = to, goods, quoteId = quote, product = "standard", slot = $"{day}T13:00:00+08:00" });
            placed.Status.ShouldBe(HttpStatusCode.Created, placed.Text);
            return placed.Json.GetProperty("id").GetString()!;
        }
    }
}
