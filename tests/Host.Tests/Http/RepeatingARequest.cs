using System.Security.Cryptography;
using System.Text;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Courier.Host.Tests.Http;

/// <summary>A request with an idempotency key is carried out once.</summary>
public abstract class RepeatingARequest : IAsyncLifetime
{
    private CourierApp _app = null!;
    private int _count;
    private TaskCompletionSource? _gate;

    public sealed class OnSqlite : RepeatingARequest
    {
        protected override Task<CourierAppOptions> Options() => Task.FromResult(new CourierAppOptions());
    }

    public sealed class OnMariaDb : RepeatingARequest
    {
        protected override async Task<CourierAppOptions> Options() => new() { MariaDb = await MariaDb.NewDatabase() };
    }

    protected abstract Task<CourierAppOptions> Options();

    public async Task InitializeAsync() => _app = await ApiWithEndpointsOfItsOwn.Start(Map, await Options());

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_the_work_is_done_once()
    {
        var first = await Post("anna", "k1", """{"n":1}""");
        using var request = Request("anna", "k1", """{"n":1}""");
        using var again = await _app.Http.SendAsync(request);
        ((int)again.StatusCode).ShouldBe(201);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location!.ToString().ShouldBe("/test/orders/1");
        again.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await again.Content.ReadAsStringAsync()).ShouldContain("第1次");
        first.Status.ShouldBe(201);
        _count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_key_every_request_is_carried_out()
    {
        await _app.Ask(HttpMethod.Post, "/test/orders", "{}", ("Authorization", "Bearer anna"));
        await _app.Ask(HttpMethod.Post, "/test/orders", "{}", ("Authorization", "Bearer anna"));
        _count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await Post("anna", "k1", """{"n":1}""");
        var (status, problem) = await Post("anna", "k1", """{"n":2}""");
        status.ShouldBe(422);
        problem.Code().ShouldBe("idempotency.key_reused");
        _count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_may_use_the_same_key()
    {
        await Post("anna", "k1", "{}");
        (await Post("bert", "k1", "{}")).Status.ShouldBe(201);
        _count.ShouldBe(2);
    }

    [Fact]
    public async Task A_repetition_during_the_first_waits_for_its_answer()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Post("anna", "k1", "{}");
        await Wait.Until(() => _count == 1, "the first request");
        var second = Post("anna", "k1", "{}");
        _gate.SetResult();
        (await second).Body.ToString().ShouldBe((await first).Body.ToString());
        _count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repetition_while_another_process_works_is_told_to_come_again_and_after_its_crash_is_carried_out()
    {
        await ClaimedElsewhere("anna", "k1", "{}");
        var (status, problem) = await Post("anna", "k1", "{}");
        status.ShouldBe(409);
        problem.Code().ShouldBe("idempotency.in_progress");
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Post("anna", "k1", "{}")).Status.ShouldBe(201);
        _count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_failed_by_our_fault_may_be_repeated()
    {
        (await Post("anna", "k1", "{}", "/test/faults")).Status.ShouldBe(500);
        (await Post("anna", "k1", "{}", "/test/faults")).Status.ShouldBe(500);
        _count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_by_a_rule_is_judged_anew()
    {
        (await Post("anna", "k1", "{}", "/test/rules")).Status.ShouldBe(409);
        (await Post("anna", "k1", "{}", "/test/rules")).Status.ShouldBe(409);
        _count.ShouldBe(2);
    }

    [Theory]
    [InlineData(204, 1)]
    [InlineData(404, 1)]
    [InlineData(422, 1)]
    [InlineData(302, 2)]
    [InlineData(408, 2)]
    [InlineData(409, 2)]
    [InlineData(425, 2)]
    [InlineData(429, 2)]
    [InlineData(503, 2)]
    public async Task Only_a_final_answer_is_kept(int status, int carriedOut)
    {
        (await Post("anna", "k1", "{}", $"/test/answers/{status}")).Status.ShouldBe(status);
        (await Post("anna", "k1", "{}", $"/test/answers/{status}")).Status.ShouldBe(status);
        _count.ShouldBe(carriedOut);
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day()
    {
        await Post("anna", "k1", "{}");
        _app.Clock.Advance(TimeSpan.FromHours(23));
        await _app.RunJob("http.purge_answers");
        await Post("anna", "k1", "{}");
        _count.ShouldBe(1);
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await _app.RunJob("http.purge_answers");
        await Post("anna", "k1", "{}");
        _count.ShouldBe(2);
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_malformed_key_is_refused(string key)
    {
        var (status, problem) = await Post("anna", key, "{}");
        status.ShouldBe(400);
        problem.Code().ShouldBe("idempotency.key_malformed");
        _count.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_stored_cannot_be_read_in_the_database()
    {
        await Post("anna", "k1", "{}");
        (await _app.Get<Db>().First<string>("select body_cipher from http_idempotency"))!.ShouldNotContain("次");
    }

    private static HttpRequestMessage Request(string who, string key, string json, string path = "/test/orders")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {who}");
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
        return request;
    }

    private Task<(int Status, System.Text.Json.JsonElement Body)> Post(string who, string key, string json, string path = "/test/orders") =>
        _app.Ask(HttpMethod.Post, path, json, ("Authorization", $"Bearer {who}"), (IdempotencyKey.Header, key));

    /// <summary>The row that another process leaves when it begins.</summary>
    private Task ClaimedElsewhere(string who, string key, string json)
    {
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var now = _app.Clock.GetUtcNow();
        return _app.Get<Db>().Execute(
            "insert into http_idempotency (key_hash, request_hash, state, claimed_until, created_at) values (@key, @request, 'running', @until, @now)",
            new { key = Hash($"customer:{who}\n{key}"), request = Hash($"POST /test/orders\n{json}"), until = now + TimeSpan.FromMinutes(1), now });
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        var test = routes.MapGroup("/test").ForCustomers().TakesIdempotencyKey();
        test.MapPost("/orders", async (IdempotencyKey key, CurrentCustomer me) =>
        {
            var n = Interlocked.Increment(ref _count);
            if (_gate is { } gate) await gate.Task;
            return TypedResults.Created($"/test/orders/{n}", new { text = $"第{n}次", key = key.Text, me.Id });
        });
        test.MapPost("/answers/{status}", (int status) =>
        {
            Interlocked.Increment(ref _count);
            return TypedResults.StatusCode(status);
        });
        test.MapPost("/faults", IResult () => throw new InvalidDataException($"fault {Interlocked.Increment(ref _count)}"));
        test.MapPost("/rules", IResult () => throw new RuleBroken("test.refused", $"第{Interlocked.Increment(ref _count)}次不行"));
    }
}
