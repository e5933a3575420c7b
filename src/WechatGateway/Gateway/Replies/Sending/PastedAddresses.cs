using System.Text.RegularExpressions;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Parcels;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>An address that was pasted, until it is kept or forgotten.</summary>
internal sealed record PastedAddress(
    string Name, string Phone, string? Extension, string Province, string City, string District, string Street, string Detail, IReadOnlyList<RegionName> Choices)
{
    public static PastedAddress Of(ParsedAddress read) => new(
        read.Name, read.Phone!.Number, read.Phone.Extension, read.Province, read.City, read.District, read.Street, read.Detail, read.Candidates.Count > 1 ? read.Candidates : []);

    /// <summary>The same in the place that was chosen.</summary>
    public PastedAddress In(RegionName place) => this with { Province = place.Province, City = place.City, District = place.District, Choices = [] };

    /// <summary>Somebody at a place; null when something is missing that the book needs.</summary>
    public ContactAddress? Contact(Divisions divisions) =>
        Choices.Count == 0 && Name.Length > 0 && Detail.Length > 0 && Kernel.Phone.TryParse(Phone, out var phone) && KnownRegion.Of(divisions, Province, City, District) is { } region
            ? new ContactAddress(Name, phone, Extension, new PostalAddress(region.Province, region.City, region.District, Street, Detail))
            : null;

    /// <summary>What is understood, in one line for the page: it reads the same out of it.</summary>
    public string Line => $"{Name} {Phone}{(Extension is null ? "" : "-" + Extension)} {Place} {Detail}".Trim();

    /// <summary>The place as people read it, nothing twice.</summary>
    public string Place => Province + (City == Province ? "" : City) + (District == City ? "" : District);
}

/// <summary>
/// A pasted address of a recipient: what was understood, what sending there costs, and the form with all of it. Questions, texts about parcels
/// and messages with pickup codes hold names, numbers and places too, and are none.
/// </summary>
internal sealed partial class PastedAddresses(
    Db db, DataKeys keys, TimeProvider clock, AddressParser parser, Divisions divisions, Prices prices, OpenQuestions questions, AppLinks links, ParcelsOptions parcels) : IReplyRule
{
    private const int Shortest = 14, LongestLine = 90;

    public async Task<Reply?> Answer(Ask ask, CancellationToken ct)
    {
        if (ask.Text is not { Length: >= Shortest } text || !Numbers().IsMatch(ask.Words) || IsAboutSomethingElse(text)) return null;
        if (Numbers().Count(ask.Words) > 1 && Several(text) is { Count: > 1 } drafts) return new Reply(SendingTexts.Several(drafts.Count, drafts.Count(d => d.Ready), links.Send()));
        return parser.Parse(text) is var read && IsAddress(read) ? await Of(ask, read, ct).ConfigureAwait(false) : null;
    }

    /// <summary>One of the places that the address may be in.</summary>
    public async Task<Reply?> Chosen(Ask ask, PastedAddress address, int number, CancellationToken ct)
    {
        if (number > address.Choices.Count) return null;
        return await Show(ask, address.In(address.Choices[number - 1]), [], ct).ConfigureAwait(false);
    }

    /// <summary>Keeps it in the address book.</summary>
    public async Task<Reply?> Keep(Ask ask, PastedAddress address, bool asHome, CancellationToken ct)
    {
        if (address.Contact(divisions) is not { } contact) return new Reply(SendingTexts.CannotKeep(links.Send(text: Short(address))));
        try
        {
            var kept = await KeepAddress.Execute(db, keys, clock, ask.Customer, contact, null, defaultSend: asHome, defaultReceive: false, ct).ConfigureAwait(false);
            return new Reply(SendingTexts.Kept(kept, asHome, links.Addresses));
        }
        catch (RuleBroken full)
        {
            return new Reply(SendingTexts.Refused(full.Message));
        }
    }

    private async Task<Reply> Of(Ask ask, ParsedAddress read, CancellationToken ct)
    {
        if (read.Refusals.Count > 0) return new Reply(SendingTexts.Unusable(read.Refusals));
        var address = PastedAddress.Of(read);
        if (address.Choices.Count == 0) return await Show(ask, address, read.Notices, ct).ConfigureAwait(false);
        await questions.Keep(ask, Topic.Address, address, ct).ConfigureAwait(false);
        return new Reply(SendingTexts.WhichAddress(address));
    }

    private async Task<Reply> Show(Ask ask, PastedAddress address, IReadOnlyList<string> notices, CancellationToken ct)
    {
        await questions.Keep(ask, Topic.Address, address, ct).ConfigureAwait(false);
        var home = await prices.Home(ask.Customer, ct).ConfigureAwait(false);
        var from = home is { Contact.Address: var a } ? prices.Place(a.Province, a.City, a.District) : null;
        var to = prices.Place(address.Province, address.City, address.District);
        var price = from is null || to is null ? null : await prices.Of(ask.Customer, from, to, new QuoteGoods(GoodsKinds.Other, Prices.Usual), ct).ConfigureAwait(false);
        var canKeep = address.Contact(divisions) is not null;
        return new Reply(SendingTexts.Pasted(address, notices, from, price?.Quotation, links.Send(text: Short(address)), canKeep, clock.GetUtcNow()));
    }

    // A reply has room for two thousand bytes, and each character takes nine in a link.
    private static string Short(PastedAddress address) => address.Line.Length <= LongestLine ? address.Line : address.Line[..LongestLine];

    private IReadOnlyList<AddressDraft> Several(string text) => [.. PastedList.Read(parser, text).Where(d => d.Address.Phone is not null && d.Address.Province.Length > 0)];

    private static bool IsAddress(ParsedAddress read) =>
        read.Phone is not null && (read.Province.Length > 0 || read.Candidates.Count > 1) && (read.Name.Length > 0 || read.Detail.Length >= 4)
        && (read.Candidates.Count > 1 || !read.Missing.Contains("city")) && read.Confidence >= (read.Refusals.Count > 0 ? 0.2 : 0.3);

    // A number of ours makes it a question about that parcel.
    private bool IsAboutSomethingElse(string text) =>
        Questions().IsMatch(text) || ReadWaybills.In(text, parcels).Candidates.Any(c => c.Own) || PickupText.Read(text) is not null;

    // A telephone number, whole, masked, or as somebody dictated it.
    [GeneratedRegex("(?<![0-9A-Za-z])(?:\\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9*]{4}){2}(?![0-9A-Za-z])|(?<![0-9])0[0-9]{2,3}[- ]?[0-9]{7,8}(?![0-9])|(?<![0-9])1[0-9]{2}\\*{2,8}[0-9]{2,4}(?![0-9])|(?:电话|手机)[^0-9]{0,3}[0-9]{7,8}(?![0-9])|(?<![0-9〇零一幺二三四五六七八九])[一幺][三四五六七八九][〇零一幺二三四五六七八九]{9}(?![0-9〇零一幺二三四五六七八九])")]
    private static partial Regex Numbers();

    [GeneratedRegex("[吗?？]|怎么|什么|多少|为啥|为何|几点|哪里|在哪|能不能|可不可以|没收到|没有收到|未收到|没到|没送|不动|投诉|举报|催|改地址|改成|改到|改派|转寄|退回|拦截|取消|丢了|丢失|坏了|破损|赔|验证码|取件码|取货码|提货码|凭码|尾号|单号|运单|查快递|查件|查一下|绑定|人工|客服|退订|已签收|派送中|派件中|已到达")]
    private static partial Regex Questions();
}
