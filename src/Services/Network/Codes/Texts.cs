namespace Courier.Services.Network.Codes;

/// <summary>What customers read about codes and families.</summary>
internal static class Texts
{
    public const string TooManyCodes = "取件码最多存 100 个，请先删除不用的。";
    public const string FamilyFull = "家庭组最多 8 个人。";
    public const string AlreadyInAFamily = "您已经在一个家庭组里，请先退出再加入。";
}
