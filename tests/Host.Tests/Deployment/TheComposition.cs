using System.Text.RegularExpressions;
using Courier.Kernel.Data;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Serialization;

namespace Courier.Host.Tests.Deployment;

/// <summary>docker-compose.yml, Dockerfile and nginx agree with the program about names, ports and settings.</summary>
public sealed partial class TheComposition
{
    private static readonly Dictionary<string, Dictionary<object, object>> Services = ReadServices();
    private static readonly string Dockerfile = File.ReadAllText(Repository.Path("Dockerfile"));
    private static readonly string Nginx = File.ReadAllText(Repository.Path("deploy", "nginx", "courier.conf"));

    [Fact]
    public void Its_services_are_the_roles_the_database_and_nginx()
    {
        var roles = Roles.Table.Select(p => p.Role).Except([Role.All, Role.Sandbox]).Select(r => r.ToString().ToLowerInvariant());
        Services.Keys.ShouldBe([.. roles, "mariadb", "nginx"], ignoreOrder: true);
        foreach (var role in roles) Environment(role)["Roles"].ShouldBe(role);
    }

    [Theory]
    [InlineData("wechat")]
    [InlineData("api")]
    [InlineData("worker")]
    public void The_settings_of_a_service_are_settings_of_the_program(string service)
    {
        var settings = Settings(service);
        var reader = new Settings(settings);
        var database = reader.Read<DatabaseOptions>("Database");
        reader.Read<DataOptions>("Data").Keys.Count.ShouldBe(1);
        reader.Read<ShutdownOptions>("Shutdown").GraceSeconds.ShouldBeLessThan(40); // stop_grace_period
        reader.Read<ProxyOptions>("ForwardedHeaders").KnownProxies.Count.ShouldBe(1);
        reader.ThrowIfWrong();
        database.Provider.ShouldBe(DatabaseProvider.MySql);
        Roles.Read(settings["Roles"], database.Provider, development: false).Roles.Single().ToString().ShouldBe(service, StringCompareShould.IgnoreCase);
        string[] known = ["Roles", "Database", "Data", "Site", "ForwardedHeaders", "Shutdown", "Management"];
        settings.GetChildren().Select(c => c.Key).Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void The_image_listens_where_nginx_and_the_operators_look()
    {
        var environment = ImageEnvironment();
        var port = environment["ASPNETCORE_HTTP_PORTS"];
        Nginx.ShouldContain($"server wechat:{port};");
        Nginx.ShouldContain($"server api:{port};");
        Dockerfile.ShouldContain($"EXPOSE {port} {environment["Management__Port"]}");
        environment["ASPNETCORE_ENVIRONMENT"].ShouldBe("Production");
        environment["Data__Directory"].ShouldBe("/data");
        Dockerfile.ShouldContain("Courier.Host.dll");
        Dockerfile.ShouldContain("VOLUME /data");
    }

    [Fact]
    public void Nginx_sends_addresses_to_roles_that_map_them()
    {
        var locations = Location().Matches(Nginx).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        locations["/wechat/"].ShouldBe("wechat");
        locations["/"].ShouldBe("api");
        locations["/api/desk/v1/live/"].ShouldBe("callcenter");
        Roles.Table.Single(p => p.Role == Role.CallCenter).Faces.ShouldContain(Face.Live);
        locations.Values.Distinct().ShouldAllBe(role => Services.ContainsKey(role));
        Roles.Table.Single(p => p.Role == Role.Wechat).Faces.ShouldContain(Face.WechatGateway);
        Nginx.ShouldContain("X-Forwarded-For");
        Nginx.ShouldContain("client_max_body_size 8m");
    }

    [Fact]
    public void Nginx_believes_the_scheme_of_a_named_outer_proxy_only()
    {
        Nginx.ShouldContain("proxy_set_header X-Forwarded-Proto $outer_scheme;");
        Nginx.ShouldContain("geo $realip_remote_addr $outer_proxy {\n  default 0;");
        Nginx.ShouldContain("default $scheme;\n  \"1 https\" https;");
    }

    [Fact]
    public void Only_nginx_and_the_telephone_are_open_to_the_outside()
    {
        Services.Where(s => s.Value.ContainsKey("ports")).Select(s => s.Key).ShouldBe(["callcenter", "nginx"]);
        Services["nginx"]["volumes"].ShouldBeOfType<List<object>>().ShouldHaveSingleItem().ToString()!.ShouldStartWith("./deploy/nginx/courier.conf:");
    }

    [Fact]
    public void The_database_is_the_one_that_the_services_name()
    {
        var database = (Dictionary<object, object>)Services["mariadb"]["environment"];
        var connection = Environment("api")["Database__ConnectionString"];
        connection.ShouldContain("Server=mariadb;");
        connection.ShouldContain($"Database={database["MARIADB_DATABASE"]};");
        connection.ShouldContain($"User ID={database["MARIADB_USER"]};");
        connection.ShouldContain($"Password={database["MARIADB_PASSWORD"]}");
    }

    private static Dictionary<string, string> Environment(string service) =>
        ((Dictionary<object, object>)Services[service]["environment"]).ToDictionary(e => (string)e.Key, e => (string)e.Value);

    /// <summary>The settings as the program sees them: the image's and the service's environment, the variables of .env filled in.</summary>
    private static IConfiguration Settings(string service) => new ConfigurationBuilder().AddInMemoryCollection(
        ImageEnvironment().Where(e => !e.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).Concat(Environment(service))
            .Select(e => new KeyValuePair<string, string?>(e.Key.Replace("__", ":", StringComparison.Ordinal), Variable().Replace(e.Value, "a-value-of-the-operator")))).Build();

    private static Dictionary<string, string> ImageEnvironment() =>
        Dockerfile.Split('\n').Single(l => l.StartsWith("ENV ", StringComparison.Ordinal))[4..].Split(' ').Select(e => e.Split('=')).ToDictionary(e => e[0], e => e[1]);

    private static Dictionary<string, Dictionary<object, object>> ReadServices()
    {
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(File.ReadAllText(Repository.Path("docker-compose.yml")))));
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        return ((Dictionary<object, object>)file["services"]).ToDictionary(s => (string)s.Key, s => (Dictionary<object, object>)s.Value);
    }

    [GeneratedRegex(@"location (\S+) \{ proxy_pass http://(\w+); \}")]
    private static partial Regex Location();

    [GeneratedRegex(@"\$\{\w+\}")]
    private static partial Regex Variable();
}
