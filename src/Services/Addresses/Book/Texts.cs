namespace Courier.Services.Addresses.Book;

/// <summary>What customers read about their address book.</summary>
internal static class Texts
{
    public const string BookFull = "地址簿最多存 500 个地址，请先删除不用的。";
    public const string SameAsOther = "地址簿里已经有相同电话和地址的记录。";
}
