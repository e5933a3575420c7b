using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Host.Tests.Starting;

public sealed class ReadingTheRoles
{
    [Fact]
    public void Without_a_setting_the_process_does_everything_and_the_sandbox_only_in_development()
    {
        Roles.Read(null, DatabaseProvider.Sqlite, development: true).Faces.ShouldBe(Enum.GetValues<Face>(), ignoreOrder: true);
        var production = Roles.Read("", DatabaseProvider.Sqlite, development: false);
        production.Faces.ShouldBe([Face.WechatGateway, Face.MiniProgramApi, Face.Desk, Face.Live], ignoreOrder: true);
        (production.Outbox, production.Jobs, production.Telephone).ShouldBe((true, true, true));
    }

    [Fact]
    public void Every_role_has_its_line_in_the_table() =>
        Roles.Table.Select(p => p.Role).ShouldBe(Enum.GetValues<Role>());

    [Fact]
    public void Roles_add_up_and_their_case_does_not_matter()
    {
        var plan = Roles.Read(" Api, WORKER ", DatabaseProvider.MySql, development: false);
        plan.Faces.ShouldBe([Face.MiniProgramApi, Face.Desk], ignoreOrder: true);
        (plan.Outbox, plan.Jobs).ShouldBe((true, true));
    }

    [Fact]
    public void Every_face_reaction_and_job_is_somebodys_when_the_roles_are_split()
    {
        var plan = Roles.Read("wechat,api,callcenter,worker", DatabaseProvider.MySql, development: false);
        var all = Roles.Read("all", DatabaseProvider.MySql, development: false);
        plan.Faces.ShouldBe(all.Faces, ignoreOrder: true);
        (plan.Outbox, plan.Jobs, plan.Telephone).ShouldBe((all.Outbox, all.Jobs, all.Telephone));
    }

    [Theory]
    [InlineData("walker", DatabaseProvider.MySql, true, "\"walker\" is unknown; allowed are all, wechat, api, callcenter, worker, sandbox")]
    [InlineData("0", DatabaseProvider.MySql, true, "\"0\" is unknown")]
    [InlineData("api", DatabaseProvider.Sqlite, true, "need Database:Provider MySql")]
    [InlineData("sandbox", DatabaseProvider.MySql, false, "in Development only")]
    public void What_cannot_run_is_refused_with_a_clear_sentence(string setting, DatabaseProvider database, bool development, string sentence) =>
        Should.Throw<WrongConfiguration>(() => Roles.Read(setting, database, development)).Message.ShouldContain(sentence);
}
