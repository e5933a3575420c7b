namespace Courier.Services.Staff;

/// <summary>What staff read.</summary>
internal static class Texts
{
    public const string PasswordLength = "密码需要10到128个字符";
    public const string PasswordHasName = "密码里不能包含登录名";
    public const string PasswordMonotonous = "密码太简单，请使用至少4种不同的字符";
    public const string PasswordUnchanged = "新密码不能与当前密码相同";
    public const string NameTaken = "这个登录名已被使用";
    public const string NoRoles = "请至少选择一个角色";
    public const string NotYourself = "不能停用自己的账号";
    public const string LastAdmin = "系统至少要保留一个可用的管理员";
    public const string WrongPassword = "当前密码不正确";
    public const string TooManyTries = "尝试次数过多，请15分钟后再试";
    public const string DisplayNameLength = "姓名需要1到40个字符";
}
