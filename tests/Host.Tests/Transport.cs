using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Courier.Kernel.Data;
using Courier.Testing;

namespace Courier.Host.Tests;

/// <summary>What lies between us and others: TLS, and one time source.</summary>
public sealed class Transport
{
    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_and_nothing_else_on_that_port()
    {
        using var folder = new TemporaryDirectory();
        using var certificate = SelfSigned();
        var file = Path.Combine(folder.Path, "site.pfx");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, "secret"));
        await using var app = await CourierApp.Start(new()
        {
            Settings = new Dictionary<string, string>
            {
                ["urls"] = "https://127.0.0.1:0",
                ["Kestrel:Certificates:Default:Path"] = file,
                ["Kestrel:Certificates:Default:Password"] = "secret",
            },
        });
        SslProtocols? spoken = null;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (sender, presented, _, _) =>
                {
                    spoken = ((SslStream)sender).SslProtocol;
                    return presented!.GetCertHashString() == certificate.GetCertHashString();
                },
            },
        }) { BaseAddress = app.Address };
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (spoken is SslProtocols.Tls12 or SslProtocols.Tls13).ShouldBeTrue($"{spoken}");

        using var plain = new HttpClient { BaseAddress = new UriBuilder(app.Address) { Scheme = "http" }.Uri };
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetAsync("/health/live"));
    }

    [Fact]
    public async Task A_process_whose_clock_is_not_the_databases_takes_no_part()
    {
        var connection = await MariaDb.NewDatabase();
        await using var right = await CourierApp.Start(new() { MariaDb = connection, Clock = new FakeClock(TimeProvider.System.GetUtcNow()) });
        right.TakeTheMachinesTime();
        (await right.Http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var wrong = await CourierApp.Start(new() { MariaDb = connection, Clock = new FakeClock(TimeProvider.System.GetUtcNow().AddMinutes(-2)) });
        var answer = await wrong.Http.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("NTP");
        wrong.TakeTheMachinesTime();
        wrong.Clock.Advance(TimeSpan.FromMinutes(5));
        (await wrong.Get<Db>().ClockOffset(wrong.Clock)).ShouldBe(TimeSpan.FromMinutes(-5), TimeSpan.FromSeconds(60));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
