using System.Net;
using Courier.Host.Logging;
using Courier.Http;
using Courier.Kernel;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Courier.Host.Tests.Operating;

/// <summary>What lies in the log file has no personal data and no secrets, whoever logged it.</summary>
public sealed class WritingTheLog : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("courier-log-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Phones_tokens_and_secrets_are_masked_in_messages_properties_and_exceptions()
    {
        await using (var app = await CourierApp.Start(new() { DataDirectory = _directory }))
        {
            var log = app.Get<ILoggerFactory>().CreateLogger("Test");
            log.LogWarning("parcel of {Phone} at {Url}", "13812345678", "https://x/cgi-bin/token?appid=wx1&secret=s3cr3t-value&access_token=ACCESS-value");
            log.LogError(new InvalidOperationException("身份证 11010519491231002X, Bearer eyJhbGciOi.abc, {\"session_key\":\"SESSION-value\"}"), "failed for 0571-88889999");
        }
        var text = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(_directory, "logs")).Single());
        text.ShouldContain("138****5678");
        foreach (var secret in (string[])["13812345678", "s3cr3t-value", "ACCESS-value", "11010519491231002X", "eyJhbGciOi", "SESSION-value", "88889999"]) text.ShouldNotContain(secret);
        text.ShouldContain("appid=wx1");
    }

    [Fact]
    public async Task A_cancellation_that_no_caller_and_no_shutdown_asked_for_is_a_fault_with_its_line_and_a_refusal_has_none()
    {
        await using (var app = await CourierApp.Start(new() { DataDirectory = _directory, Endpoints = Faults }))
        {
            (await app.Http.GetAsync("/test/late")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await app.Http.GetAsync("/test/rule")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        var text = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(_directory, "logs")).Single());
        text.ShouldContain("a time limit of ours");
        text.ShouldNotContain("a rule of ours");
    }

    private static void Faults(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/test/late", IResult () => throw new TaskCanceledException("a time limit of ours")).ForAnyone("a test");
        routes.MapGet("/test/rule", IResult () => throw new RuleBroken("test.refused", "a rule of ours")).ForAnyone("a test");
    }

    [Theory]
    [InlineData("js_code=abc123&grant_type=x", "js_code=***&grant_type=x")]
    [InlineData("/return?code=071abc&state=5", "/return?code=***&state=5")]
    [InlineData("password: hunter2", "password: ***")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("Cookie: sid=abc", "Cookie: ***")]
    [InlineData("X-Courier-Signature: 0a1b2c", "X-Courier-Signature: ***")]
    [InlineData("\"access_token\":\"68_abc\",\"expires_in\":7200", "\"access_token\":\"***\",\"expires_in\":7200")]
    [InlineData("waybill CY1234567890123, error code: 40001, status code 200", "waybill CY1234567890123, error code: 40001, status code 200")]
    [InlineData("id 0199f0c0d0e0f0001112223334445556", "id 0199f0c0d0e0f0001112223334445556")]
    public void Masks_what_must_not_be_read_and_nothing_else(string text, string masked)
    {
        MaskedText.Mask(text).ShouldBe(masked);
        MaskedText.Mask(masked).ShouldBe(masked);
    }
}
